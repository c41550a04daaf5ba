using System.CommandLine;

namespace Karl.Cli.Internals;

/// <summary>Options that are one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>Makes one, whose words are the names of an enumeration, in whichever case.</summary>
    /// <param name="name">With its hyphens.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="otherwise">What it is where it is not given.</param>
    public static Option<T> Create<T>(string name, string description, T otherwise = default)
        where T : struct, Enum
    {
        string[] words = [.. Enum.GetNames<T>().Select(word => word.ToLowerInvariant())];
        return new Option<T>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => otherwise,
            CustomParser = result =>
            {
                int place = Array.IndexOf(words, result.Tokens[0].Value.ToLowerInvariant());
                if (place < 0)
                {
                    result.AddError($"{name} is '{result.Tokens[0].Value}'; {string.Join(" or ", words)} was expected.");
                    return otherwise;
                }

                return Enum.GetValues<T>()[place];
            },
        };
    }
}
