using System.CommandLine;
using System.Globalization;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Internals;

/// <summary>Options of every verb that tokenizes: how close, and how many tokens at most.</summary>
internal sealed class TokenizingOptions
{
    private readonly Option<float?> _epsilon = new("--epsilon")
    {
        Description = "The reconstruction error to aim at, mean absolute difference of pixels from 0 to 1; the model's default unless given (0.05 for published ones of KARL, 0.07 of ALIT). More gives fewer tokens.",
        HelpName = "E",
    };

    private readonly Option<int?> _budget = new("--budget") { Description = "Most tokens that an image may take; the model's default unless given (256 for published models).", HelpName = "N" };

    private readonly Option<int?> _tokens = new("--tokens") { Description = "Exactly so many tokens for each image, whether it needs them or not, in place of --epsilon and --budget.", HelpName = "N" };

    private readonly Option<bool> _everyLength = new("--every-length")
    {
        Description = "For One-D-Piece: try every number of tokens from one upwards until the error is met, which finds the fewest of all; otherwise the search goes by halves.",
    };

    private readonly Option<ImageTokenHalting> _halting = ChoiceOption.Create<ImageTokenHalting>(
        "--halting", "For ALIT over a VQGAN: whether 2D tokens that are decoded well already are halted between rounds, always (certain) or by a toss (tossed).");

    private readonly Option<int?> _seed = new("--seed") { Description = "Samples the posterior of a model over a VAE with noise of this seed, and decides the tosses of --halting tossed.", HelpName = "N" };

    /// <summary>Gives a verb these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_epsilon);
        command.Add(_budget);
        command.Add(_tokens);
        command.Add(_everyLength);
        command.Add(_halting);
        command.Add(_seed);
    }

    /// <summary>Whether any of them stands in the command line.</summary>
    public bool IsGiven(ParseResult parsed) => ((Option[])[_epsilon, _budget, _tokens, _everyLength, _halting, _seed]).Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>What was asked for.</summary>
    /// <exception cref="UsageException">A value cannot be.</exception>
    public TokenizeOptions Read(ParseResult parsed)
    {
        float? epsilon = parsed.GetValue(_epsilon);
        int? budget = parsed.GetValue(_budget);
        UsageException.ThrowUnless(
            epsilon is null || (float.IsFinite(epsilon.Value) && epsilon >= 0), string.Create(CultureInfo.InvariantCulture, $"--epsilon is {epsilon}; a number of at least 0 was expected, such as 0.05."));
        UsageException.ThrowUnless(budget is null or >= 1, $"--budget is {budget}; at least 1 token was expected.");
        int? tokens = parsed.GetValue(_tokens);
        UsageException.ThrowUnless(tokens is null or >= 1, $"--tokens is {tokens}; at least 1 was expected.");
        UsageException.ThrowUnless(tokens is null || (epsilon is null && budget is null), "--tokens says how many tokens an image gets, whatever its error: leave out --epsilon and --budget.");
        TokenizeOptions options = tokens is int count ? TokenizeOptions.Exactly(count) : new TokenizeOptions { Epsilon = epsilon, Budget = budget };
        return options with
        {
            Search = parsed.GetValue(_everyLength) ? PrefixSearch.EveryLength : PrefixSearch.Bisection,
            ImageHalting = parsed.GetValue(_halting),
            SamplingSeed = parsed.GetValue(_seed),
        };
    }
}
