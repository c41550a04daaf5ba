namespace Karl.Cli.Internals;

/// <summary>Text from outside, such as paths in token files, made fit for a terminal and for lines.</summary>
internal static class PlainText
{
    /// <summary>One line: line breaks become spaces, other control characters question marks.</summary>
    public static string OneLine(string text)
    {
        string line = string.Join(' ', text.Split('\n', '\r').Select(part => part.Trim()).Where(part => part.Length > 0));
        return line.Any(char.IsControl) ? string.Concat(line.Select(letter => char.IsControl(letter) ? '?' : letter)) : line;
    }
}
