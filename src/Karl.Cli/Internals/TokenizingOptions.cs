using System.CommandLine;
using System.Globalization;
using Karl.Tokenizers.Tokenization;

namespace Karl.Cli.Internals;

/// <summary>Options of every verb that tokenizes: how close, and how many tokens at most.</summary>
internal sealed class TokenizingOptions
{
    private readonly Option<float?> _epsilon = new("--epsilon")
    {
        Description = "The reconstruction error to aim at, mean absolute difference of pixels from 0 to 1; the model's default unless given (0.05 for published models). More gives fewer tokens.",
        HelpName = "E",
    };

    private readonly Option<int?> _budget = new("--budget") { Description = "Most tokens that an image may take; the model's default unless given (256 for published models).", HelpName = "N" };

    /// <summary>Gives a verb these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_epsilon);
        command.Add(_budget);
    }

    /// <summary>Whether any of them stands in the command line.</summary>
    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_epsilon) is { Implicit: false } || parsed.GetResult(_budget) is { Implicit: false };

    /// <summary>What was asked for.</summary>
    /// <exception cref="UsageException">A value cannot be.</exception>
    public TokenizeOptions Read(ParseResult parsed)
    {
        float? epsilon = parsed.GetValue(_epsilon);
        int? budget = parsed.GetValue(_budget);
        UsageException.ThrowUnless(
            epsilon is null || (float.IsFinite(epsilon.Value) && epsilon >= 0), string.Create(CultureInfo.InvariantCulture, $"--epsilon is {epsilon}; a number of at least 0 was expected, such as 0.05."));
        UsageException.ThrowUnless(budget is null or >= 1, $"--budget is {budget}; at least 1 token was expected.");
        return new TokenizeOptions { Epsilon = epsilon, Budget = budget };
    }
}
