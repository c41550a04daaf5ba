using System.Globalization;
using System.Text;

namespace Karl.Graphs.Internals;

/// <summary>The printed form of graphs and nodes.</summary>
internal static class GraphPrinter
{
    private const int MostValues = 8;

    public static string Print(Graph graph)
    {
        var text = new StringBuilder().Append("graph ").Append(graph.Name).Append('\n');
        Section(text, "inputs", graph.Inputs.Select(input => input.ToString()));
        Section(text, "parameters", graph.Parameters.Select(parameter => parameter.ToString()));
        Section(text, "nodes", graph.Nodes.Select(Line));
        Section(text, "outputs", graph.Outputs.Select(output => output.ToString()));
        return text.ToString();
    }

    public static string Line(Node node)
    {
        var outputs = string.Join(", ", node.Outputs);
        var inputs = string.Join(", ", node.Inputs.Select(Input));
        var settings = string.Concat(node.Attributes.Select(setting => $" {setting.Key}={Setting(setting.Value)}"));
        return $"{outputs} = {node.Operator}({inputs}){settings}";
    }

    private static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        text.Append(title).Append('\n');
        foreach (var line in lines) text.Append("  ").Append(line).Append('\n');
    }

    private static string Input(Tensor? tensor) => tensor switch
    {
        null => "none",
        { Kind: TensorKind.Constant, Data: { } data } => Constant(data),
        _ => tensor.Name,
    };

    private static string Constant(TensorData data)
    {
        if (data.ElementCount > MostValues) return $"constant {data}";
        var values = Enumerable.Range(0, (int)data.ElementCount).Select(index => Value(data, index)).ToArray();
        return data.Shape.Count == 0 ? values[0] : data.Shape.Count == 1 ? $"[{string.Join(", ", values)}]" : $"constant {data} {{{string.Join(", ", values)}}}";
    }

    private static string Value(TensorData data, int index) => data.Type switch
    {
        ElementType.Float32 => Text(data.AsSpan<float>()[index]),
        ElementType.Float16 => Text(data.AsSpan<Half>()[index]),
        ElementType.Float64 => Text(data.AsSpan<double>()[index]),
        ElementType.Int32 => Text(data.AsSpan<int>()[index]),
        ElementType.Int64 => Text(data.AsSpan<long>()[index]),
        ElementType.Boolean => data.AsSpan<bool>()[index] ? "true" : "false",
        ElementType.UInt8 => Text(data.AsSpan<byte>()[index]),
        _ => Text(data.AsSpan<sbyte>()[index]),
    };

    private static string Setting(object value) => value switch
    {
        long[] many => $"[{string.Join(", ", many.Select(Text))}]",
        IFormattable one => Text(one),
        _ => $"{value}",
    };

    private static string Text<T>(T value) where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
