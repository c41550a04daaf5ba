using System.Globalization;
using Karl.Tokenizers.Tokenization;

namespace Karl.Tokenizers.Evaluation;

/// <summary>What is asked for in one run over all images.</summary>
/// <param name="Budget">Tokens that each image gets, or at most gets where <paramref name="Epsilon"/> is asked for.</param>
/// <param name="Epsilon">The reconstruction error asked for; null where each image gets the whole budget.</param>
public sealed record EvaluationSetting(int Budget, float? Epsilon)
{
    /// <summary>The published tables with equal numbers of tokens ask for an error of 0, so that nothing stands against using all of them.</summary>
    internal TokenizeOptions ToOptions() => Epsilon is float epsilon
        ? new TokenizeOptions { Budget = Budget, Epsilon = epsilon }
        : TokenizeOptions.Exactly(Budget);

    /// <inheritdoc/>
    public override string ToString() =>
        Epsilon is float epsilon ? string.Create(CultureInfo.InvariantCulture, $"epsilon {epsilon}") : string.Create(CultureInfo.InvariantCulture, $"{Budget} tokens");
}
