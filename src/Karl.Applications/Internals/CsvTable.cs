using System.Globalization;
using System.Text;
using Karl.Tokenizers.Reconstruction.Internals;

namespace Karl.Applications.Internals;

/// <summary>A table as CSV (RFC 4180, UTF-8), in memory.</summary>
internal sealed class CsvTable
{
    private readonly StringBuilder _text = new();

    public CsvTable(params ReadOnlySpan<string> headings) => _text.AppendJoin(',', headings).Append("\r\n");

    /// <summary>Adds a line: texts, whole numbers, and others with six digits behind the point; null and NaN are empty, infinity is <c>inf</c>.</summary>
    public void Add(params ReadOnlySpan<object?> fields)
    {
        for (int index = 0; index < fields.Length; index++)
        {
            _text.Append(index == 0 ? string.Empty : ",").Append(Field(fields[index]));
        }

        _text.Append("\r\n");
    }

    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(_text.ToString());

    private static string Field(object? value) => value switch
    {
        null => string.Empty,
        string text => CsvText.Field(text),
        double number => double.IsNaN(number) ? string.Empty : double.IsPositiveInfinity(number) ? "inf" : number.ToString("0.######", CultureInfo.InvariantCulture),
        bool truth => truth ? "1" : "0",
        _ => CsvText.Field(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty),
    };
}
