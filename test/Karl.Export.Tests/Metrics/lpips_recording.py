"""Where the numbers in LpipsExporterTests come from: LPIPS in PyTorch with weights and images by a formula, so that nothing but eight numbers is recorded."""
import numpy
import torch
import torch.nn.functional as F


def values(seed, count, scale):
    return ((numpy.arange(count, dtype=numpy.int64) * 7919 + seed * 104729) % 1000 / 1000.0 - 0.5) * scale


def tensor(seed, shape, scale):
    return torch.from_numpy(values(seed, int(numpy.prod(shape)), scale).astype(numpy.float32)).reshape(shape)


def image(seed, size):
    return (tensor(seed, (2, 3, size, size), 1.0) + 0.5)


def alexnet(x, channels):
    layers = [(11, 4, 2, False), (5, 1, 2, True), (3, 1, 1, True), (3, 1, 1, False), (3, 1, 1, False)]
    maps, last = [], 3
    for index, ((kernel, stride, padding, pool), count) in enumerate(zip(layers, channels)):
        if pool:
            x = F.max_pool2d(x, 3, 2)
        x = F.relu(F.conv2d(x, tensor(10 + index, (count, last, kernel, kernel), 0.5), tensor(30 + index, (count,), 0.5), stride, padding))
        maps.append(x)
        last = count
    return maps


def vgg16(x, channels):
    maps, last, number = [], 3, 0
    for block, (convolutions, count) in enumerate(zip([2, 2, 3, 3, 3], channels)):
        if block:
            x = F.max_pool2d(x, 2)
        for _ in range(convolutions):
            x = F.relu(F.conv2d(x, tensor(10 + number, (count, last, 3, 3), 0.5), tensor(30 + number, (count,), 0.5), padding=1))
            last, number = count, number + 1
        maps.append(x)
    return maps


def lpips(network, channels, size):
    shift = torch.tensor([-.030, -.088, -.188]).reshape(1, 3, 1, 1)
    scale = torch.tensor([.458, .448, .450]).reshape(1, 3, 1, 1)
    first, second = [network((2 * image(seed, size) - 1 - shift) / scale, channels) for seed in (1, 2)]
    total = torch.zeros(2)
    for index, (one, other) in enumerate(zip(first, second)):
        one = one / (one.pow(2).sum(1, keepdim=True).sqrt() + 1e-10)
        other = other / (other.pow(2).sum(1, keepdim=True).sqrt() + 1e-10)
        weight = tensor(50 + index, (1, channels[index], 1, 1), 1.0) + 0.5
        total = total + F.conv2d((one - other).pow(2), weight).mean([1, 2, 3])
    return total.tolist()


print("AlexNet", lpips(alexnet, [4, 6, 8, 6, 5], 64), lpips(alexnet, [4, 6, 8, 6, 5], 47))
print("Vgg16", lpips(vgg16, [4, 6, 8, 6, 5], 32), lpips(vgg16, [4, 6, 8, 6, 5], 35))
