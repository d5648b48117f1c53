"""`python -m workgroup` is the command `workgroup`."""

from workgroup.cli import main

main()
