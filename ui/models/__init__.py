"""What stands between the register and the screen: the open register, and models of its lists."""
