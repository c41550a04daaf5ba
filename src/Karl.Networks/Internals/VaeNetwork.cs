using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>Latent diffusion's KL-16 autoencoder (arXiv 2112.10752), the other base tokenizer.</summary>
internal static class VaeNetwork
{
    /// <summary>Edge of the maps that have attention after each block.</summary>
    private const int AttentionSize = 16;

    /// <summary>Image <c>[batch, 3, size, size]</c>, 0 to 1, to the posterior's mean and log-variance (-30 to 20), each <c>[batch, latent channels, size / 16, size / 16]</c>.</summary>
    public static (Tensor Mean, Tensor LogVariance) Encode(VaeArchitecture architecture, Tensor image)
    {
        var graph = image.Graph;
        var latent = architecture.LatentChannels;
        Tensor map;
        using (graph.Scope("base.encoder"))
        {
            map = image.Convolved("input", architecture.Channels).Labelled("base.encoder.input");
            for (var level = 0; level < architecture.Levels; level++)
            {
                for (var block = 0; block < architecture.BlocksPerLevel; block++)
                {
                    var name = $"levels.{level}.blocks.{block}";
                    map = map.DiffusionBlock(name, architecture.ChannelsAt(level), architecture.NormalizationGroups).Labelled("base.encoder." + name);
                    if (map.Shape[2] == AttentionSize) map = map.DiffusionAttention($"levels.{level}.attentions.{block}", architecture.NormalizationGroups);
                }
                if (level < architecture.Levels - 1) map = Downsampled(map, $"levels.{level}.downsample");
            }
            map = Middle(map, architecture.NormalizationGroups).GroupNormalized("output_norm", architecture.NormalizationGroups).Swish().Convolved("output", 2 * latent);
        }
        map = map.Convolution(graph.Parameter("base.posterior.weight", 2 * latent, 2 * latent, 1, 1), graph.Parameter("base.posterior.bias", 2 * latent));
        var parts = map.Split(1, latent, latent);
        return (parts[0].Labelled("posterior_mean"), parts[1].Clip(-30, 20).Labelled("posterior_log_variance"));
    }

    /// <summary>Latents <c>[batch, latent channels, size / 16, size / 16]</c>, unscaled, to an image <c>[batch, 3, size, size]</c>, about 0 to 1.</summary>
    public static Tensor Decode(VaeArchitecture architecture, Tensor latents)
    {
        var graph = latents.Graph;
        var channels = architecture.LatentChannels;
        latents = latents.Convolution(graph.Parameter("base.latent.weight", channels, channels, 1, 1), graph.Parameter("base.latent.bias", channels));
        using (graph.Scope("base.decoder"))
        {
            var map = Middle(latents.Convolved("input", architecture.ChannelsAt(architecture.Levels - 1)).Labelled("base.decoder.input"), architecture.NormalizationGroups);
            for (var level = architecture.Levels - 1; level >= 0; level--)
            {
                for (var block = 0; block <= architecture.BlocksPerLevel; block++)
                {
                    var name = $"levels.{level}.blocks.{block}";
                    map = map.DiffusionBlock(name, architecture.ChannelsAt(level), architecture.NormalizationGroups).Labelled("base.decoder." + name);
                }
                if (level > 0) map = map.UpsampledConvolved($"levels.{level}.upsample");
            }
            return map.GroupNormalized("output_norm", architecture.NormalizationGroups).Swish().Convolved("output", 3);
        }
    }

    private static Tensor Middle(Tensor map, int groups)
    {
        var channels = (int)map.Shape[1].Value;
        return map.DiffusionBlock("middle.first", channels, groups).DiffusionAttention("middle.attention", groups).DiffusionBlock("middle.second", channels, groups);
    }

    private static Tensor Downsampled(Tensor map, string name)
    {
        var graph = map.Graph;
        var weight = graph.Parameter(name + ".weight", map.Shape[1], map.Shape[1], 3, 3);
        return map.Convolution(weight, graph.Parameter(name + ".bias", map.Shape[1]), stride: 2, padding: new Padding(0, 0, 1, 1));
    }
}
