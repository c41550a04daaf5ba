using System.Text.Json;

namespace Karl.Tokenizers.Bundles.Internals;

/// <summary>Text out of a hostile file, made fit for one line of an error message.</summary>
internal static class Printable
{
    public static string Short(string? text, int length = 60)
    {
        string clean = string.Concat((text ?? string.Empty).Select(character => char.IsControl(character) ? '?' : character));
        return clean.Length <= length ? clean : string.Concat(clean.AsSpan(0, length), "...");
    }

    public static bool TryGetInt32Exactly(this JsonElement element, out int value)
    {
        value = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out value);
    }
}
