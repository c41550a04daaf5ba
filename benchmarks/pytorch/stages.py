"""Times the four stages of the original PyTorch KARL, one run per line of standard input.

Start it with PyTorch and OmegaConf (on Debian python3-torch, python3-omegaconf and libopenblas0-openmp; what
else the original imports is replaced by stand-ins where it is not installed), and a clone of the original:

    python3 benchmarks/pytorch/stages.py --clone PATH [--model karl_small] [--threads 2]

Then each line "STAGE KEPT LAYOUT" on standard input (for example "latent-decoder 128 plain" or
"base-encoder 256 channels-last") runs that stage once on random weights and answers with milliseconds.
The program `benchmarks/Karl.Benchmarks stages --pytorch "..."` drives it, alternating with our own stages.
"""
import argparse
import importlib.util
import os
import sys
import time
import types

sys.dont_write_bytecode = True    # The clone stays as it is.

import torch


def rearrange(tensor, pattern):
    """Just the reorderings of einops that the original asks for, such as "b c h w -> b h w c"."""
    before, after = (side.split() for side in pattern.split("->"))
    return tensor.permute([before.index(axis) for axis in after])


def stand_in(name, **members):
    """Puts a small module in the place of one that is not installed and that no timed stage needs more of."""
    module = sys.modules[name] = types.ModuleType(name)
    module.__dict__.update(members)
    return module


def stand_in_for_missing():
    """The original's modules import these at the top, mostly for training: plain torch is enough to time it."""
    missing = [name for name in ("pytorch_lightning", "einops", "torchvision") if importlib.util.find_spec(name) is None]
    if "pytorch_lightning" in missing:
        stand_in("pytorch_lightning", LightningModule=torch.nn.Module)
    if "einops" in missing:
        stand_in("einops", rearrange=rearrange)
    if "torchvision" in missing:
        torchvision = stand_in("torchvision")
        torchvision.datasets = stand_in("torchvision.datasets", ImageFolder=object)
        torchvision.models = stand_in("torchvision.models")
    if missing:
        print("not installed, replaced by stand-ins: " + ", ".join(missing), file=sys.stderr)


def build(clone, model):
    sys.path[:0] = [clone, os.path.join(clone, "base_tokenizers")]
    os.chdir(clone)
    stand_in_for_missing()
    torch.nn.Module.cuda = lambda self, *_, **__: self
    import kolmogorov_tokenizers

    torch.manual_seed(0)
    arguments = dict(id="vqgan", pretrained_ckpt_path=None, is_requires_grad=False)
    return getattr(kolmogorov_tokenizers, model)(arguments, quantize_latent=True).eval()


def stages(karl, kept):
    width = karl.latent_tokens.shape[1]
    decoder_width = karl.decoder_mask_token.shape[2]
    vqgan = karl.base_tokenizer.vqgan
    image = torch.rand(1, 3, 256, 256)
    image_tokens = torch.rand(1, 256, width)
    code = torch.rand(1, vqgan.decoder.z_shape[1], 16, 16)
    latents = torch.rand(1, kept, 12)
    position = karl.encoder_positional_embedding.reshape(width, -1)[:, :256].T[None]
    mask = (karl.decoder_mask_token + torch.rand(1, 256, decoder_width))

    def latent_encoder():
        x = torch.cat([torch.rand(1, 1, width), image_tokens + position, karl.latent_tokens[:256][None]], dim=1)
        x = karl.encoder(karl.encoder_ln_pre(x))[:, 257:]
        karl.halting_mlp(karl.encoder_ln_post_halt(x)).sigmoid()
        return karl.quantize(karl.pre_quantizer_mlp(karl.encoder_ln_post(x)), is_quantize=True)

    def latent_decoder():
        embedded = karl.decoder_embed(latents)
        logits = karl.decoder(embedded, mask, karl.decoder_latent_tokens_timestep_embed[:kept])
        return logits.softmax(-1) @ vqgan.quantize.embedding.weight

    def channels_last(module, tensor):
        module.to(memory_format=torch.channels_last)
        return lambda: module(tensor.contiguous(memory_format=torch.channels_last))

    def plain(module, tensor):
        module.to(memory_format=torch.contiguous_format)
        return lambda: module(tensor)

    return {
        ("base-encoder", "plain"): lambda: plain(vqgan.encoder, image),
        ("base-encoder", "channels-last"): lambda: channels_last(vqgan.encoder, image),
        ("latent-encoder", "plain"): lambda: latent_encoder,
        ("latent-decoder", "plain"): lambda: latent_decoder,
        ("base-decoder", "plain"): lambda: plain(vqgan.decoder, code),
        ("base-decoder", "channels-last"): lambda: channels_last(vqgan.decoder, code),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clone", required=True, help="folder of a clone of the original implementation")
    parser.add_argument("--model", default="karl_small")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    standard_output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    karl = build(os.path.abspath(options.clone), options.model)
    standard_output.write("ready torch " + torch.__version__ + "\n")
    standard_output.flush()
    with torch.no_grad():
        for line in sys.stdin:
            stage, kept, layout = line.split()
            run = stages(karl, int(kept))[(stage, layout)]()
            start = time.perf_counter()
            run()
            standard_output.write(f"{1000 * (time.perf_counter() - start):.3f}\n")
            standard_output.flush()


if __name__ == "__main__":
    main()
