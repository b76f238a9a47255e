"""What is asked: pure functions from arguments to statements, one module per aggregate. No I/O."""
