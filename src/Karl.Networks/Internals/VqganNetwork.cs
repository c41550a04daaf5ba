using Karl.Graphs;

namespace Karl.Networks.Internals;

/// <summary>MaskGIT's VQGAN (arXiv 2202.04200), the base tokenizer: pixels to code features and back. No attention.</summary>
internal static class VqganNetwork
{
    /// <summary>Image <c>[batch, 3, size, size]</c>, 0 to 1, to features before quantization <c>[batch, code width, size / 16, size / 16]</c>.</summary>
    public static Tensor Encode(VqganArchitecture architecture, Tensor image)
    {
        var graph = image.Graph;
        using (graph.Scope("base.encoder"))
        {
            var map = image.Convolved("input", architecture.Channels, bias: false).Labelled("base.encoder.input");
            for (var level = 0; level < architecture.Levels; level++)
            {
                for (var block = 0; block < architecture.BlocksPerLevel; block++)
                {
                    var name = $"levels.{level}.blocks.{block}";
                    map = map.MaskGitBlock(name, architecture.ChannelsAt(level), architecture.NormalizationGroups).Labelled("base.encoder." + name);
                }
                if (level < architecture.Levels - 1) map = map.AveragePool(2);
            }
            map = map.MaskGitBlock("middle.first", architecture.ChannelsAt(architecture.Levels - 1), architecture.NormalizationGroups);
            map = map.MaskGitBlock("middle.second", architecture.ChannelsAt(architecture.Levels - 1), architecture.NormalizationGroups);
            return map.GroupNormalized("output_norm", architecture.NormalizationGroups).Swish().Convolved("output", architecture.CodeWidth, kernel: 1);
        }
    }

    /// <summary>Code features <c>[batch, code width, size / 16, size / 16]</c> to an image <c>[batch, 3, size, size]</c>, about 0 to 1.</summary>
    public static Tensor Decode(VqganArchitecture architecture, Tensor code)
    {
        var graph = code.Graph;
        using (graph.Scope("base.decoder"))
        {
            var map = code.Convolved("input", architecture.ChannelsAt(architecture.Levels - 1)).Labelled("base.decoder.input");
            map = map.MaskGitBlock("middle.first", architecture.ChannelsAt(architecture.Levels - 1), architecture.NormalizationGroups);
            map = map.MaskGitBlock("middle.second", architecture.ChannelsAt(architecture.Levels - 1), architecture.NormalizationGroups);
            for (var level = architecture.Levels - 1; level >= 0; level--)
            {
                for (var block = 0; block < architecture.BlocksPerLevel; block++)
                {
                    var name = $"levels.{level}.blocks.{block}";
                    map = map.MaskGitBlock(name, architecture.ChannelsAt(level), architecture.NormalizationGroups).Labelled("base.decoder." + name);
                }
                if (level > 0) map = map.UpsampledConvolved($"levels.{level}.upsample");
            }
            return map.GroupNormalized("output_norm", architecture.NormalizationGroups).Swish().Convolved("output", 3);
        }
    }
}
