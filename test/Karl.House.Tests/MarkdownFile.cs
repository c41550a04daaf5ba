using System.Text.RegularExpressions;

namespace Karl.House.Tests;

/// <summary>A text of the documentation, taken apart as far as the tests want to hold it to its word.</summary>
internal sealed partial class MarkdownFile(string name)
{
    private readonly string _text = File.ReadAllText(Repository.PathOf(name.Split('/'))).ReplaceLineEndings("\n");

    /// <summary>The files that people read first, by their paths in the repository.</summary>
    public static IEnumerable<string> All =>
        Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(path => "docs/" + Path.GetFileName(path)).Order(StringComparer.Ordinal).Prepend("README.md");

    /// <summary>The contents of fenced blocks, with their languages; the language is empty where none is named.</summary>
    public IEnumerable<(string Language, string Text)> Blocks => Fences().Matches(_text).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    /// <summary>What stands between backquotes outside of fenced blocks.</summary>
    public IEnumerable<string> InlineCode => Inline().Matches(Prose).Select(match => match.Groups[1].Value);

    /// <summary>Where links lead, images too.</summary>
    public IEnumerable<string> Links => Link().Matches(Prose).Select(match => match.Groups[1].Value);

    /// <summary>The command lines of a block without their comments.</summary>
    public static IEnumerable<string> CommandLinesOf(string block) => block
        .Replace("\\\n", " ", StringComparison.Ordinal)
        .Split('\n')
        .Select(line => Comment().Replace(line, string.Empty).Trim())
        .Where(line => line.Length > 0);

    /// <summary>Every command line in fenced blocks without a language or of the shell; a line that ends with a backslash goes on with the next.</summary>
    public IEnumerable<string> CommandLines => Blocks
        .Where(block => block.Language is "" or "bash" or "sh")
        .SelectMany(block => CommandLinesOf(block.Text));

    /// <summary>The block after a heading or a sentence that holds these words.</summary>
    public (string Language, string Text) BlockAfter(string words)
    {
        int start = _text.IndexOf(words, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, start, $"{name} does not say '{words}'.");
        Match match = Fences().Match(_text, start);
        Assert.IsTrue(match.Success, $"{name} has no block after '{words}'.");
        return (match.Groups[1].Value, match.Groups[2].Value);
    }

    private string Prose => Fences().Replace(_text, string.Empty);

    [GeneratedRegex(@"^```([a-z]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(^|\s)#\s.*$")]
    private static partial Regex Comment();
}
