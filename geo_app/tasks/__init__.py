"""Background jobs; they call services and nothing else."""
