"""What the law says about a register: pure functions over what it holds."""
