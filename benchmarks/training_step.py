"""Times a training step of the same network in PyTorch, alone or in turn with ours.

    python3 benchmarks/training_step.py benchmarks/TrainingStep/networks/width128.json --photos 4
    python3 benchmarks/training_step.py benchmarks/TrainingStep/networks/width128.json --photos 4 \
        --against benchmarks/TrainingStep/bin/Release/net10.0/TrainingStep

Needs PyTorch (measured: Debian 12's 1.13 with OpenBLAS). The network is Depth Pro without its field of view, of the sizes in the JSON file; the loss is the mean
absolute error, with --loss stage1 also a quarter of SSI-MAGE; then gradients are clipped and Adam changes the weights. Data are random and made before.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

SCALES = 6  # of the multi-scale loss, or as many as fit


def network(sizes):
    import torch
    from torch import nn
    from torch.nn import functional as F

    vit, dims, width, up = sizes["vit"], sizes["encoderDims"], sizes["decoderWidth"], sizes["upsampling"]
    side, channels, grid = vit["imageSize"], vit["width"], vit["imageSize"] // vit["patchSize"]

    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.norm1, self.norm2 = nn.LayerNorm(channels, 1e-6), nn.LayerNorm(channels, 1e-6)
            self.qkv, self.proj = nn.Linear(channels, 3 * channels), nn.Linear(channels, channels)
            self.fc1, self.fc2 = nn.Linear(channels, vit["mlpRatio"] * channels), nn.Linear(vit["mlpRatio"] * channels, channels)
            self.gamma1, self.gamma2 = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.ones(channels))

        def forward(self, x):
            n, tokens, size = x.shape[0], x.shape[1], channels // vit["heads"]
            q, k, v = self.qkv(self.norm1(x)).reshape(n, tokens, 3, vit["heads"], size).permute(2, 0, 3, 1, 4)
            attention = (q * size**-0.5 @ k.transpose(-2, -1)).softmax(-1)
            x = x + self.gamma1 * self.proj((attention @ v).transpose(1, 2).reshape(n, tokens, channels))
            return x + self.gamma2 * self.fc2(F.gelu(self.fc1(self.norm2(x))))

    class VisionTransformer(nn.Module):
        def __init__(self):
            super().__init__()
            self.embed = nn.Conv2d(3, channels, vit["patchSize"], vit["patchSize"])
            self.token = nn.Parameter(torch.zeros(1, 1, channels))
            self.position = nn.Parameter(torch.randn(1, 1 + grid * grid, channels) * 0.02)
            self.blocks, self.norm = nn.ModuleList(Block() for _ in range(vit["depth"])), nn.LayerNorm(channels, 1e-6)

        def forward(self, images):
            x = self.embed(images).flatten(2).transpose(1, 2)
            x = torch.cat([self.token.expand(len(x), -1, -1), x], 1) + self.position
            hooks = []
            for i, block in enumerate(self.blocks):
                x = block(x)
                if i in sizes["hookBlocks"]:
                    hooks.append(x)
            return (*hooks, self.norm(x))

    class Residual(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)

        def forward(self, x):
            return x + self.second(F.relu(self.first(F.relu(x))))

    class Fusion(nn.Module):
        def __init__(self, skip, upsample):
            super().__init__()
            self.skip, self.body = Residual() if skip else None, Residual()
            self.up = nn.ConvTranspose2d(width, width, 2, 2, bias=False) if upsample else nn.Identity()
            self.out = nn.Conv2d(width, width, 1)

        def forward(self, x, skip=None):
            return self.out(self.up(self.body(x if skip is None else x + self.skip(skip))))

    def project(inner, outer, steps):
        ups = [nn.ConvTranspose2d(inner if i == 0 else outer, outer, 2, 2, bias=False) for i in range(steps)]
        return nn.Sequential(nn.Conv2d(channels, inner, 1, bias=False), *ups)

    def to_map(tokens):
        return tokens[:, 1:].transpose(1, 2).reshape(len(tokens), channels, grid, grid)

    def merge(maps, steps, seam):
        maps = maps.reshape(steps, steps, -1, channels, grid, grid)
        keep = lambda k: slice(0 if k == 0 else seam, grid if k == steps - 1 else grid - seam)
        return torch.cat([torch.cat([maps[r, c][..., keep(r), keep(c)] for c in range(steps)], -1) for r in range(steps)], -2)

    class DepthPro(nn.Module):
        def __init__(self):
            super().__init__()
            self.patch_encoder, self.image_encoder = VisionTransformer(), VisionTransformer()
            self.latent0, self.latent1 = project(dims[0], width, up), project(dims[0], dims[0], up - 1)
            self.x0, self.x1, self.x2 = project(dims[1], dims[1], up - 2), project(dims[2], dims[2], up - 2), project(dims[3], dims[3], up - 2)
            self.lowest, self.fuse = nn.ConvTranspose2d(channels, dims[3], 1 << (up - 2), 1 << (up - 2)), nn.Conv2d(2 * dims[3], dims[3], 1)
            self.convs = nn.ModuleList(nn.Conv2d(d, width, 3, padding=1, bias=False) for d in dims)
            self.fusions = nn.ModuleList(Fusion(skip=i < 4, upsample=i > 0) for i in range(5))
            inner, outer = sizes["headWidths"]
            self.head = nn.Sequential(
                nn.Conv2d(width, width // 2, 3, padding=1), nn.ConvTranspose2d(width // 2, width // 2, 2, 2),
                nn.Conv2d(width // 2, inner, 3, padding=1), nn.ReLU(), nn.Conv2d(inner, outer, 1), nn.LeakyReLU(0.1))

        def forward(self, pixels):
            levels = [pixels, *(F.interpolate(pixels, scale_factor=s, mode="bilinear", align_corners=False) for s in (0.5, 0.25))]
            patches = torch.cat([
                level[..., r * stride : r * stride + side, c * stride : c * stride + side]
                for level, steps, stride in zip(levels, (5, 3, 1), (side * 3 // 4, side // 2, side)) for r in range(steps) for c in range(steps)])
            hook0, hook1, tokens = self.patch_encoder(patches)
            n = len(pixels)
            fine = lambda x: merge(to_map(x[: 25 * n]), 5, grid // 8)
            x0, x1, x2 = fine(tokens), merge(to_map(tokens[25 * n : 34 * n]), 3, grid // 4), to_map(tokens[34 * n :])
            lowest = self.fuse(torch.cat([self.x2(x2), self.lowest(to_map(self.image_encoder(levels[2])[-1]))], 1))
            maps = [self.latent1(fine(hook1)), self.x0(x0), self.x1(x1), lowest]
            skips = [self.latent0(fine(hook0)), *(conv(x) for conv, x in zip(self.convs, maps))]
            x = self.fusions[4](skips[4])
            for level in (3, 2, 1, 0):
                x = self.fusions[level](x, skips[level])
            return self.head(x)

    return DepthPro()


def losses(prediction, truth, valid, stage1):
    import torch
    from torch.nn import functional as F

    scharr = torch.tensor([[[-3.0, 0, 3], [-10, 0, 10], [-3, 0, 3]], [[-3.0, -10, -3], [0, 0, 0], [3, 10, 3]]])[:, None] / 32
    tap = torch.tensor([1.0, 3, 3, 1])
    blur, nine = (tap[:, None] * tap)[None, None] / 64, torch.ones(1, 1, 3, 3) / 9

    def mean(x, valid):
        return (x.sum((1, 2, 3)) / valid.sum((1, 2, 3)).clamp(min=1)).mean()

    def normalized(x):
        median = x.masked_fill(valid == 0, float("nan")).flatten(1).nanmedian(1).values[:, None, None, None]
        return (x - median) / (mean_of_photo((x - median).abs() * valid) + 1e-6)

    def mean_of_photo(x):
        return (x.sum((1, 2, 3)) / valid.sum((1, 2, 3)).clamp(min=1))[:, None, None, None]

    loss = mean((prediction - truth).abs() * valid, valid)
    if not stage1:
        return loss
    difference, share, parts = (normalized(prediction) - normalized(truth)) * valid, valid, []
    for scale in range(SCALES):
        if scale > 0:
            share = F.conv2d(valid, blur, stride=2, padding=1)
            valid = (share > 0.49).float()
            difference = F.conv2d(difference, blur, stride=2, padding=1) / share.clamp(min=0.49) * valid
        inside = (F.conv2d(valid, nine) > 0.94).float()
        parts.append(mean(F.conv2d(difference, scharr).abs() * inside, inside))
    return loss + 0.25 * sum(parts) / SCALES


def torch_speed(options, sizes):
    # Threads of OpenBLAS get into the way of PyTorch's own: 2.3 instead of 3.0 images/s on two cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import torch

    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    model = network(sizes)
    optimizer = torch.optim.Adam(model.parameters(), 1e-4)
    side, grid = 4 * sizes["vit"]["imageSize"], sizes["vit"]["imageSize"] // sizes["vit"]["patchSize"]
    output = 8 * grid << sizes["upsampling"]
    pixels, truth = torch.rand(options.photos, 3, side, side) * 2 - 1, torch.rand(options.photos, 1, output, output)
    valid, seconds, busy = torch.ones_like(truth), [], []
    for step in range(2 + options.steps):
        start, processor = time.perf_counter(), time.process_time()
        optimizer.zero_grad(set_to_none=True)
        loss = losses(model(pixels), truth, valid, options.loss == "stage1")
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step >= 2:
            seconds.append(time.perf_counter() - start)
            busy.append(time.process_time() - processor)
    print(f"{options.photos / statistics.median(seconds):.2f} images/s by the median step, {options.photos / min(seconds):.2f} by the best; "
          f"{statistics.median(busy) / options.photos:.3f} s of processor time an image, {min(busy) / options.photos:.3f} at best; "
          f"PyTorch {torch.__version__}, {options.threads} threads, {sum(p.numel() for p in model.parameters())} weights, loss {loss.item():.4f}")


def speed_of(command):
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(re.search(pattern, output).group(1)) for pattern in (r"([\d.]+) images/s", r"([\d.]+) s of processor time")]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", help="JSON file of the network's sizes")
    parser.add_argument("--photos", type=int, default=4, help="photos of a step")
    parser.add_argument("--steps", type=int, default=5, help="steps timed, after two that are not")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="both contestants'")
    parser.add_argument("--loss", choices=("mae", "stage1"), default="mae")
    parser.add_argument("--against", metavar="TRAININGSTEP", help="our benchmark's program, to be run in turn with this")
    parser.add_argument("--rounds", type=int, default=5, help="turns")
    options = parser.parse_args()
    if not options.against:
        return torch_speed(options, json.loads(pathlib.Path(options.network).read_text()))

    same = ["--photos", str(options.photos), "--steps", str(options.steps), "--loss", options.loss]
    ratios = []
    for _ in range(options.rounds):
        ours = speed_of([options.against, "--network", options.network, *same, "--at-once", str(options.threads)])
        theirs = speed_of([sys.executable, __file__, options.network, *same, "--threads", str(options.threads)])
        ratios.append((ours[0] / theirs[0], theirs[1] / ours[1]))
        print(f"ours {ours[0]:.2f} images/s, PyTorch {theirs[0]:.2f}: {ratios[-1][0]:.2f} x; processor time of an image {ours[1]:.3f} and {theirs[1]:.3f} s: {ratios[-1][1]:.2f} x", flush=True)
    print(f"medians {statistics.median(r[0] for r in ratios):.2f} x and {statistics.median(r[1] for r in ratios):.2f} x")


main()
