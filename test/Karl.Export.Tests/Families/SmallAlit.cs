using Karl.Export.Checkpoints;
using Karl.Export.Naming;
using Karl.Graphs;
using Karl.Networks;
using Karl.Testing;

namespace Karl.Export.Families;

/// <summary>ALIT itself with random weights, but 64 x 64 pixels, three rounds of 8 tokens and some dozen numbers wide: every combination of base tokenizer and tokens.</summary>
internal sealed class SmallAlit(bool vae, bool quantized)
{
    private readonly TinyWeights _weights = new(4);

    /// <summary>Sizes that are those of no recording.</summary>
    public AlitArchitecture Architecture { get; } = new(
        vae
            ? new VaeArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1, 1, 2], BlocksPerLevel = 1, LatentChannels = 6 }
            : new VqganArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1, 1, 1], BlocksPerLevel = 2, CodebookSize = 3, CodeWidth = 10 },
        new TransformerSize(36, 2, 3),
        new TransformerSize(24, 3, 2))
    {
        Quantized = quantized,
        LatentCodebookSize = 50,
        LatentWidth = 5,
        LatentsPerRound = 8,
        Rounds = 3,
        ImageSize = 64,
    };

    /// <summary>All weights that a graph needs.</summary>
    public WeightDictionary Weights(Graph graph)
    {
        WeightDictionary weights = [];
        foreach (var parameter in graph.Parameters) weights.Add(parameter.Name, Weight(parameter.Name, parameter.Shape.ToFixed()));
        return weights;
    }

    /// <summary>Writes a checkpoint with published names.</summary>
    /// <param name="path">A <c>.safetensors</c> file.</param>
    /// <param name="change">What becomes of each tensor; null leaves all.</param>
    public void WriteCheckpoint(string path, Func<SafetensorsTensor, IEnumerable<SafetensorsTensor>>? change = null)
    {
        var names = AlitNames.For(Architecture.Base);
        var tensors = WeightManifest.Of(Architecture).Weights.Select(weight =>
            SafetensorsTensor.FromSingles(names.ToPublished(weight.Key), weight.Value.ToFixed(), () => Weight(weight.Key, weight.Value.ToFixed()).AsSpan<float>().ToArray()));
        SafetensorsWriter.Write(path, change is null ? tensors : tensors.SelectMany(change));
    }

    /// <summary>Predictions are made more decided than random weights make them, so that some 2D tokens are halted.</summary>
    private TensorData Weight(string name, long[] shape)
    {
        var values = _weights.Get(name, shape);
        return TensorData.From(name == "decoder.prediction.output.weight" ? Array.ConvertAll(values, value => 6 * value) : values, shape);
    }
}
