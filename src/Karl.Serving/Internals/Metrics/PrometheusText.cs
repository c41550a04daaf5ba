using System.Globalization;
using System.Text;

namespace Karl.Serving.Internals.Metrics;

/// <summary>The text format of Prometheus, version 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The two lines before a metric's values.</summary>
    public static void Head(StringBuilder text, string name, string help, string type) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    /// <summary><c>a="1",b="2"</c>.</summary>
    public static string Labels(ReadOnlySpan<string> names, ReadOnlySpan<string> values)
    {
        StringBuilder text = new();
        for (int index = 0; index < names.Length; index++)
        {
            string value = values[index].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            text.Append(index > 0 ? "," : string.Empty).Append(names[index]).Append("=\"").Append(value).Append('"');
        }

        return text.ToString();
    }

    /// <summary>Labels in braces, or nothing for none.</summary>
    public static string Braced(string labels) => labels.Length == 0 ? string.Empty : "{" + labels + "}";
}
