"""How the language coach reads a note; the same steps in the same order stand in `components/phone/coach*.js`."""
