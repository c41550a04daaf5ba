using Karl.Tokenizers;

namespace Microsoft.ML.Karl.Internals.Decoding;

/// <summary>All that a stage from tokens to images is told, but for where it runs; it is saved with a pipeline.</summary>
internal sealed record TokenStageSettings(string Output, string Tokens, string Positions, int BatchSize)
{
    /// <summary>The same settings, once they are known to be possible; for settings that come out of a file.</summary>
    public TokenStageSettings Checked() => !string.IsNullOrEmpty(Output) && !string.IsNullOrEmpty(Tokens) && !string.IsNullOrEmpty(Positions) && BatchSize is >= 1 and <= 4096
        ? this
        : throw new KarlFormatException($"The saved pipeline's settings cannot be: columns '{Output}', '{Tokens}' and '{Positions}', batches of {BatchSize}. Save it again.");
}
