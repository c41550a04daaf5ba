namespace Karl.Tokenizers.Tokenization;

/// <summary>How often the graphs of a model were run for one image. A run of a batch counts once for each of its images.</summary>
/// <param name="Encoder">Runs of the encoder, or of one of its rounds.</param>
/// <param name="Decoder">Runs of the decoder.</param>
public readonly record struct ModelRuns(int Encoder, int Decoder)
{
    /// <summary>Both together.</summary>
    public static ModelRuns operator +(ModelRuns left, ModelRuns right) => new(left.Encoder + right.Encoder, left.Decoder + right.Decoder);

    /// <summary>The same as the operator.</summary>
    public static ModelRuns Add(ModelRuns left, ModelRuns right) => left + right;

    /// <summary><c>1 + 9</c>.</summary>
    public override string ToString() => $"{Encoder} + {Decoder}";
}
