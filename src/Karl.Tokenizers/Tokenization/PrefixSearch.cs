namespace Karl.Tokenizers.Tokenization;

/// <summary>How a model of which any first tokens can be decoded looks for the fewest that meet an error.</summary>
public enum PrefixSearch
{
    /// <summary>
    /// By halves: at most 1 + log2(budget) decodings, 9 for 256 tokens. What it finds meets the error and one token less does not; where errors do not fall
    /// steadily with the length, a still shorter prefix may meet it too.
    /// </summary>
    Bisection,

    /// <summary>From one token upwards until the error is met: the shortest of all, for as many decodings.</summary>
    EveryLength,
}
