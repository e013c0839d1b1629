"""The stages around the network in Python, as the reference and its users write them.

    python3 python_stages.py PHOTO NETWORK_SIDE OUTPUT_SIDE FOLDER THREADS

Prints each stage's median in milliseconds. Needs PyTorch, NumPy and Pillow.
"""

import os
import statistics
import sys
import time

import numpy
import torch
from PIL import Image
from torch.nn import functional as F

photo, side, output_side, folder, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], int(sys.argv[5])
torch.set_num_threads(threads)
LEAST_SECONDS = 1


def median(stage, run):
    result, seconds, start = run(), [], time.perf_counter()
    while not seconds or time.perf_counter() - start < LEAST_SECONDS:
        before = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - before)
    print(stage, 1000 * statistics.median(seconds), flush=True)
    return result


def decode():
    with Image.open(photo) as image:
        return numpy.array(image.convert("RGB"))


def prepare():
    x = torch.from_numpy(pixels).permute(2, 0, 1).float().div(255).sub(0.5).div(0.5)
    return F.interpolate(x[None], (side, side), mode="bilinear", align_corners=False)


def patches():
    size, parts = side // 4, []
    for scale, steps, stride in ((1, 5, size * 3 // 4), (0.5, 3, size // 2), (0.25, 1, 0)):
        level = x if scale == 1 else F.interpolate(x, None, scale, mode="bilinear", align_corners=False)
        parts += [level[..., row * stride : row * stride + size, column * stride : column * stride + size] for row in range(steps) for column in range(steps)]
    return torch.cat(parts)


def metric():
    inverse = F.interpolate(canonical * (width / focal_length), (height, width), mode="bilinear", align_corners=False)
    return (1 / inverse.clamp(1e-4, 1e4)).squeeze().numpy()


def colour():
    inverse = 1 / depth
    near, far = min(inverse.max(), 1 / 0.1), max(1 / 250, inverse.min())
    shade = (inverse - far) / (near - far)
    return table[(255 * shade.clip(0, 1)).astype(numpy.uint8)]


pixels = median("decode", decode)
height, width, _ = pixels.shape
x = median("prepare", prepare)
median("patches", patches)
canonical = torch.rand(1, 1, output_side, output_side, generator=torch.Generator().manual_seed(1)) + 0.1
focal_length = float(width)
depth = median("metric", metric)
table = numpy.random.default_rng(1).integers(0, 255, (256, 3), numpy.uint8)
median("colour", colour)
median("npy", lambda: numpy.save(os.path.join(folder, "python.npy"), depth))
