"""A PDF as a printer would see it, and as a reader would read it."""

import io
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
from pypdf import PdfReader


def rendered(pdf: bytes, dpi: int = 72) -> list[np.ndarray]:
    """Every page in grey, by poppler."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / 'document.pdf'
        file.write_bytes(pdf)
        subprocess.run(['pdftoppm', '-gray', '-r', str(dpi), str(file), f'{folder}/page'], check=True)
        return [cv2.imread(str(page), cv2.IMREAD_GRAYSCALE) for page in sorted(Path(folder).glob('page*.pgm'))]


def read_text(pdf: bytes) -> str:
    """All of its text with white space folded, without the running heads and feet."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    lines = [line for page in pages for line in page.extract_text().splitlines() if not is_running(line)]
    return ' '.join(' '.join(lines).split())


def is_running(line: str) -> bool:
    return line.startswith(('Outcome of the round ·', 'Page '))


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Every font that is named anywhere in the file, and whether it is embedded."""
    found = {}
    for number in range(1, len((reader := PdfReader(io.BytesIO(pdf))).xref[0]) + 1):
        thing = reader.get_object(number)
        if isinstance(thing, dict) and thing.get('/Type') == '/Font':
            descriptor = thing.get('/FontDescriptor')
            found[thing['/BaseFont']] = bool(descriptor and '/FontFile2' in descriptor.get_object())
    return found
