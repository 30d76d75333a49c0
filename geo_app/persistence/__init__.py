"""The register in PostGIS; returns domain values."""
