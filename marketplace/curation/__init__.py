"""What the office puts forward: picks with a reason and a window, collections, makers' stories on the home page."""
