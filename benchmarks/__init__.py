"""The promises of speed and weight, measured: `make bench`. A module each, floors beside them, figures in README.md."""
