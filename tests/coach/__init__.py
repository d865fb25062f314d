"""How good the language coach is: measured on labelled notes."""
