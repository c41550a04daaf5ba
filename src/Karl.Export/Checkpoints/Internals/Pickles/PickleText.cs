using System.Globalization;
using System.Text;
using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Checkpoints.Internals.Pickles;

/// <summary>Values of a pickle as short, harmless text.</summary>
internal static class PickleText
{
    private const int MaximumLength = 400;
    private const int MaximumDepth = 4;

    /// <summary>A value as Python would print it, cut where it gets long or deep.</summary>
    public static string Print(object? value)
    {
        var text = new StringBuilder();
        Print(value, text, 0);
        return Printable.Shorten(text.ToString(), MaximumLength);
    }

    /// <summary>What kind of value it is: <c>state dict of 523 tensors</c> is for the caller, this is the rest.</summary>
    public static string Describe(object? value) => value switch
    {
        PickleDictionary dictionary => $"dictionary of {dictionary.Items.Count}",
        PickleNamespace space => $"arguments, {space.Values.Items.Count}",
        PickleList list => $"{(list.IsSet ? "set" : "list")} of {list.Items.Count}",
        PickleTuple tuple => $"tuple of {tuple.Items.Length}",
        TensorReference tensor => $"tensor {tensor.Storage.Type} {ArrayShape.Print(tensor.Shape)}",
        byte[] bytes => $"{bytes.Length} bytes",
        string => "text",
        bool => "boolean",
        long => "whole number",
        double => "number",
        null => "nothing",
        _ => "value",
    };

    private static void Print(object? value, StringBuilder text, int depth)
    {
        if (text.Length > MaximumLength)
        {
            return;
        }

        switch (value)
        {
            case string plain:
                text.Append(plain.AsSpan(0, Math.Min(plain.Length, MaximumLength + 1)));
                break;
            case null:
                text.Append("None");
                break;
            case bool flag:
                text.Append(flag ? "True" : "False");
                break;
            case long or double:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case PickleLabel label:
                text.Append(label.Text);
                break;
            case PickleGlobal global:
                text.Append(global.Name);
                break;
            case PickleTuple tuple when depth < MaximumDepth:
                PrintItems(tuple.Items, text, depth, '(', ')');
                break;
            case PickleList list when depth < MaximumDepth:
                PrintItems(list.Items, text, depth, list.IsSet ? '{' : '[', list.IsSet ? '}' : ']');
                break;
            case PickleTuple or PickleList:
                text.Append("...");
                break;
            default:
                text.Append('<').Append(Describe(value)).Append('>');
                break;
        }
    }

    private static void PrintItems(IReadOnlyList<object?> items, StringBuilder text, int depth, char open, char close)
    {
        text.Append(open);
        for (var index = 0; index < items.Count && text.Length <= MaximumLength; index++)
        {
            text.Append(index == 0 ? string.Empty : ", ");
            Print(items[index], text, depth + 1);
        }

        text.Append(close);
    }
}
