using System.CommandLine;

namespace Karl.Benchmarks.Measuring;

/// <summary>Options that are a number of something.</summary>
internal static class CountOption
{
    /// <summary>Makes one.</summary>
    /// <param name="name">With its hyphens.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="otherwise">What it is where it is not given.</param>
    /// <param name="least">The smallest number that is taken.</param>
    public static Option<int> Create(string name, string description, int otherwise, int least = 1)
    {
        Option<int> option = new(name) { Description = description, HelpName = "COUNT", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int count) && count < least)
            {
                result.AddError($"{name} is {count}; at least {least} was expected.");
            }
        });
        return option;
    }
}
