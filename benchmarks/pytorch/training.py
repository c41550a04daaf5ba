"""Times one training step of the original PyTorch KARL, one step per line of standard input.

Start it as stages.py, with the sizes of the network as JSON (`Karl.Benchmarks training` makes them from a preset):

    python3 benchmarks/pytorch/training.py --clone PATH --threads 2 --network '{"image_size": 64, ...}' --batches '{"base": 32, ...}'

Then each line "PHASE LAYOUT" on standard input (for example "base plain" or "pixels channels-last") trains for one step
on random images and answers with milliseconds; "PHASE weights" answers with how many numbers the phase trains.
Networks and losses are the original's, made small; around them are forward, backward, clipping, AdamW and a moving average.
"""
import argparse
import json
import os
import sys
import time

sys.dont_write_bytecode = True    # The clone stays as it is.

import torch

from stages import stand_in_for_missing


def original(clone):
    """The original's modules for KARL over a VAE."""
    sys.path[:0] = [clone, os.path.join(clone, "base_tokenizers")]
    os.chdir(clone)
    stand_in_for_missing()
    torch.nn.Module.cuda = lambda self, *_, **__: self
    torch.Tensor.get_device = lambda self: self.device    # The original takes a number for a device, which a processor has not.
    from base_tokenizers import vae_ldm
    from kolmogorov_tokenizers import karl_vae

    return vae_ldm, karl_vae


class SmallVae(torch.nn.Module):
    """What the original wraps its VAE in, around a small one."""

    def __init__(self, vae_ldm, network):
        super().__init__()
        self.embed_dim = network["latent_channels"]
        self.vae = vae_ldm.AutoencoderKL(embed_dim=self.embed_dim, ch_mult=(1,))
        vae_ldm.Normalize = lambda channels, num_groups=None: torch.nn.GroupNorm(network["groups"], channels, eps=1e-6)
        sizes = dict(ch=network["channels"], ch_mult=network["multipliers"], num_res_blocks=network["blocks_per_level"], resolution=network["image_size"], z_channels=self.embed_dim)
        self.vae.encoder, self.vae.decoder = vae_ldm.Encoder(**sizes), vae_ldm.Decoder(**sizes)
        self.trains = True

    def get_img_tokens(self, images):
        with torch.set_grad_enabled(self.trains):
            return self.vae.encode(images).sample()


def small_karl(karl_vae, base, network, budget):
    class Small(karl_vae.KARLTokenizer):
        """The original's network with other sizes, a budget that is not drawn, and losses of pixels without an adversary."""

        def get_positional_embeddings(self, image_tokens, grid):
            return self.preprocess_decoder(image_tokens, grid), self.preprocess_encoder(grid)

        def sample_token_counts(self, batch_size, sampled_token_counts=None, sampled_code_losses=None):
            if sampled_token_counts is None:
                return [budget], torch.full((batch_size, 1, 1), 0.05)
            return [network["full_budget"]], sampled_code_losses

        def forward_gan_losses(self, images, found, *_, **__):
            errors = (images - found).abs().flatten(1).mean(1)
            return errors.mean(), {}, errors.detach()

    width, layers, heads = network["width"], network["layers"], network["heads"]
    karl = Small(base, width, layers, heads, width, layers, heads, vq_codebook_size=network["codebook_size"], vq_token_dim=network["latent_width"],
                 patch_size=network["image_size"] // network["grid"], max_grid_tokens=network["position_grid"])
    hidden = network["halting_hidden"]
    karl.halting_mlp = torch.nn.Sequential(torch.nn.Linear(width, hidden), torch.nn.Tanh(), torch.nn.Linear(hidden, 1))
    karl.latent_tokens = torch.nn.Parameter(karl.latent_tokens.data[:network["maximum_latents"]].clone())
    karl.decoder_latent_tokens_timestep_embed = torch.nn.Parameter(karl.decoder_latent_tokens_timestep_embed.data[:network["maximum_latents"]].clone())
    return karl


class Phase:
    """A network with its optimizer and moving average."""

    def __init__(self, name, vae_ldm, karl_vae, network, options):
        torch.manual_seed(0)
        base = SmallVae(vae_ldm, network)
        self.name = name
        self.base = base
        if name == "base":
            self.network = base.vae
        else:
            self.network = small_karl(karl_vae, base, network, options.budget)
            self.network.train_stage = "latent_distillation_pretrain" if name == "distillation" else "full_finetuning"
            base.trains = name == "pixels"
            for weight in base.parameters():
                weight.requires_grad = base.trains
        self.weights = [weight for weight in self.network.parameters() if weight.requires_grad]
        self.averages = [weight.detach().clone() for weight in self.weights]
        decaying, others = [weight for weight in self.weights if weight.dim() > 1], [weight for weight in self.weights if weight.dim() == 1]
        groups = [dict(params=decaying, weight_decay=0.05), dict(params=others, weight_decay=0)]
        self.optimizer = torch.optim.AdamW(groups, lr=1e-4, betas=(0.9, 0.95), foreach=options.foreach)
        self.foreach = options.foreach
        self.images = torch.rand(options.batches[name], 3, network["image_size"], network["image_size"])
        self.network.train()

    def put(self, layout):
        """Brings weights and images into a memory layout; what the optimizer holds follows with its next step."""
        layout = torch.channels_last if layout == "channels-last" else torch.contiguous_format
        self.network.to(memory_format=layout)
        self.images = self.images.contiguous(memory_format=layout)
        for tensors in [*self.optimizer.state.values(), dict(enumerate(self.averages))]:
            for name, tensor in tensors.items():
                if tensor.dim() == 4:
                    tensors[name] = tensor.contiguous(memory_format=layout)
        self.averages = [tensor.contiguous(memory_format=layout) if tensor.dim() == 4 else tensor for tensor in self.averages]

    def loss(self):
        if self.name != "base":
            return self.network(self.images, gan_optimizer_idx=0, gan_loss_weight=0)[0]
        posterior = self.network.encode(self.images)
        difference = self.network.decode(posterior.sample()) - self.images
        return difference.abs().mean() + difference.square().mean() + 1e-6 * posterior.kl().mean()

    def step(self):
        loss = self.loss()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 3)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        with torch.no_grad():
            if self.foreach:
                torch._foreach_mul_(self.averages, 0.999)
                torch._foreach_add_(self.averages, self.weights, alpha=1 - 0.999)
            else:
                for average, weight in zip(self.averages, self.weights):
                    average.mul_(0.999).add_(weight, alpha=1 - 0.999)
        return loss.item()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clone", required=True, help="folder of a clone of the original implementation")
    parser.add_argument("--network", required=True, type=json.loads, help="its sizes as JSON")
    parser.add_argument("--batches", required=True, type=json.loads, help="images in a step of each phase as JSON")
    parser.add_argument("--budget", type=int, default=32, help="latent tokens of the first pass")
    parser.add_argument("--foreach", action="store_true", help="update all weights of a group by one call")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    standard_output = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    vae_ldm, karl_vae = original(os.path.abspath(options.clone))
    phases = {}

    def answer(text):
        standard_output.write(text + "\n")
        standard_output.flush()

    answer("ready torch " + torch.__version__)
    for line in sys.stdin:
        name, request = line.split()
        phase = phases.get(name) or phases.setdefault(name, Phase(name, vae_ldm, karl_vae, options.network, options))
        if request == "weights":
            answer(str(sum(weight.numel() for weight in phase.weights)))
            continue
        phase.put(request)
        start = time.perf_counter()
        phase.step()
        answer(f"{1000 * (time.perf_counter() - start):.3f}")


if __name__ == "__main__":
    main()
