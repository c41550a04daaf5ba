using System.Text;

namespace Karl.House.Tests;

/// <summary>Splits a simple command line into words as a shell does: quotes and variables, nothing else.</summary>
internal static class ShellWords
{
    public static string[] Split(string line, IReadOnlyDictionary<string, string>? variables = null)
    {
        List<string> words = [];
        StringBuilder? word = null;
        char quote = '\0';
        for (int index = 0; index < line.Length; index++)
        {
            char character = line[index];
            if (quote != '\0' && character == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && character is '\'' or '"')
            {
                quote = character;
                word ??= new StringBuilder();
            }
            else if (quote == '\0' && character == ' ')
            {
                if (word is not null) words.Add(word.ToString());
                word = null;
            }
            else if (quote != '\'' && character == '$')
            {
                int end = index + 1;
                while (end < line.Length && (char.IsAsciiLetterUpper(line[end]) || line[end] == '_')) end++;
                string name = line[(index + 1)..end];
                (word ??= new StringBuilder()).Append(variables is not null && variables.TryGetValue(name, out string? value) ? value : "$" + name);
                index = end - 1;
            }
            else
            {
                (word ??= new StringBuilder()).Append(character);
            }
        }

        Assert.AreEqual('\0', quote, $"A quote is not closed in: {line}");
        if (word is not null) words.Add(word.ToString());
        return [.. words];
    }
}
