"""One public function per use case; the caller owns the transaction."""
