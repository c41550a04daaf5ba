using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Families.Internals;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Karl.Tokenizers.Sessions.Internals;

/// <summary>A tensor that a graph must take or give. A length of -1 must be free in the graph; -2 may be anything.</summary>
internal sealed record TensorContract(string Name, TensorElementType Type, params int[] Dimensions)
{
    public const int Any = -1;
    public const int Whatever = -2;

    public override string ToString() =>
        $"{Type.ToString().ToLowerInvariant()} [{string.Join(", ", Dimensions.Select(length => length == Whatever ? "?" : length < 0 ? "any" : length.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";
}

/// <summary>What a graph of a bundle must take and give; checked before it is run.</summary>
internal sealed record GraphContract(TensorContract[] Inputs, TensorContract[] Outputs)
{
    /// <summary>Outputs that a graph may have beyond those that it must have.</summary>
    public TensorContract[] OptionalOutputs { get; init; } = [];

    public const string Image = "image";
    public const string Epsilon = "epsilon";
    public const string Budget = "budget";
    public const string Noise = "noise";
    public const string Codes = "codes";
    public const string Latents = "latents";
    public const string HaltingProbabilities = "halting_probabilities";
    public const string Positions = "positions";
    public const string Sequence = "sequence";
    public const string BaseCodes = "base_codes";
    public const string Halted = "halted";
    public const string Round = "round";
    public const string NextSequence = "next_sequence";
    public const string CodeProbabilities = "code_probabilities";

    private const int Any = TensorContract.Any;

    /// <summary>An image as models see it, and give it.</summary>
    public static TensorContract ImageOf(BundleManifest manifest) => new(Image, TensorElementType.Float, Any, 3, manifest.ImageSize, manifest.ImageSize);

    /// <summary>Any number of tokens: codes, or latents where they are continuous.</summary>
    public static TensorContract TokensOf(BundleManifest manifest) => manifest.Quantized
        ? new TensorContract(Codes, TensorElementType.Int64, Any, Any)
        : LatentsOf(manifest);

    /// <summary>Any number of tokens as numbers.</summary>
    public static TensorContract LatentsOf(BundleManifest manifest) => new(Latents, TensorElementType.Float, Any, Any, manifest.LatentWidth);

    /// <summary>Noise for the posterior of a VAE, whose channels the graph knows.</summary>
    public static TensorContract NoiseOf(BundleManifest manifest) => new(Noise, TensorElementType.Float, Any, TensorContract.Whatever, manifest.GridSize, manifest.GridSize);

    /// <summary>What the encoder of a bundle's family takes and gives.</summary>
    public static GraphContract Encoder(BundleManifest manifest) => ModelFamily.Of(manifest).EncoderContract(manifest);

    /// <summary>Any tokens and their positions in; image out, the same in all families, and what a family needs beside it.</summary>
    public static GraphContract Decoder(BundleManifest manifest) =>
        new([TokensOf(manifest), new TensorContract(Positions, TensorElementType.Int64, Any, Any)], [ImageOf(manifest)])
        {
            OptionalOutputs = [.. ModelFamily.Of(manifest).ExtraDecoderOutputs(manifest)],
        };

    /// <summary>All that a loaded graph has otherwise than this contract says.</summary>
    public IEnumerable<string> Problems(InferenceSession session) =>
        [
            .. Compare("input", Inputs, session.InputMetadata),
            .. session.InputNames.Except(Inputs.Select(input => input.Name)).Select(name => $"input '{name}' is not known."),
            .. Compare("output", [.. Outputs, .. OptionalOutputs.Where(output => session.OutputMetadata.ContainsKey(output.Name))], session.OutputMetadata),
        ];

    private static IEnumerable<string> Compare(string kind, TensorContract[] wanted, IReadOnlyDictionary<string, NodeMetadata> found)
    {
        foreach (TensorContract tensor in wanted)
        {
            if (!found.TryGetValue(tensor.Name, out NodeMetadata? metadata))
            {
                yield return $"{kind} '{tensor.Name}' is missing; found: {string.Join(", ", found.Keys)}.";
            }
            else if (!metadata.IsTensor)
            {
                yield return $"{kind} '{tensor.Name}' is a {metadata.OnnxValueType}; a tensor was expected.";
            }
            else if (metadata.ElementDataType != tensor.Type || !Fits(metadata.Dimensions, tensor.Dimensions))
            {
                TensorContract seen = new(tensor.Name, metadata.ElementDataType, metadata.Dimensions);
                yield return $"{kind} '{tensor.Name}' is {seen}; {tensor} was expected.";
            }
        }
    }

    /// <summary>A free length must be free in the graph as well; where a fixed one is wanted, the graph may leave it open.</summary>
    private static bool Fits(int[] found, int[] wanted) =>
        found.Length == wanted.Length
        && found.Zip(wanted).All(pair => pair.Second == TensorContract.Whatever || pair.First < 0 || pair.First == pair.Second);
}
