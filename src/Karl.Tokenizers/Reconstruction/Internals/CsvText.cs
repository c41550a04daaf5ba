namespace Karl.Tokenizers.Reconstruction.Internals;

/// <summary>Texts in CSV files (RFC 4180).</summary>
internal static class CsvText
{
    /// <summary>A text as one field, in quotation marks where it needs them.</summary>
    public static string Field(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
