using System.Text;

namespace Karl.Tokenizers.Internals;

/// <summary>Text from a file made fit for a message: short, and without control characters that could steer a terminal.</summary>
internal static class Printable
{
    /// <summary>At most <paramref name="limit"/> characters, control characters replaced; nothing for null.</summary>
    public static string Shorten(string? text, int limit = 120)
    {
        text ??= string.Empty;
        var result = new StringBuilder(Math.Min(text.Length, limit) + 3);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, limit)))
        {
            result.Append(char.IsControl(character) || char.IsSurrogate(character) ? '?' : character);
        }

        return text.Length > limit ? result.Append("...").ToString() : result.ToString();
    }
}
