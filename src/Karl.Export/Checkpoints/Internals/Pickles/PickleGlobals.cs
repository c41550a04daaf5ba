using System.Text;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Checkpoints.Internals.Pickles;

/// <summary>A name that a pickle may use. What it does here is fixed; the Python object of that name is never involved.</summary>
internal sealed record PickleGlobal(string Name, Func<PickleInput, object?[], object>? Call)
{
    /// <summary>For storage classes: what their elements are.</summary>
    public ArrayElementType? StorageType { get; init; }
}

/// <summary>The fixed table of names that a checkpoint may ask for, and what each makes of its arguments.</summary>
internal static class PickleGlobals
{
    private static readonly Dictionary<string, PickleGlobal> Table = BuildTable();

    /// <summary>Looks a name up; everything outside the table is refused by name.</summary>
    public static PickleGlobal Find(PickleInput input, string module, string name)
        => Table.GetValueOrDefault($"{module}.{name}")
            ?? throw input.Refuse($"a use of '{Printable.Shorten($"{module}.{name}")}', which is not among the plain data types that are read");

    /// <summary>Makes the value that the name stands for.</summary>
    public static object Call(PickleInput input, PickleGlobal global, PickleTuple arguments)
        => global.Call is null ? throw input.Refuse($"a call of '{global.Name}'") : global.Call(input, arguments.Items);

    /// <summary>Sets the attributes of a value that may have some.</summary>
    public static void SetState(PickleInput input, object? target, object? state)
    {
        switch (target)
        {
            case PickleNamespace space when state is PickleDictionary values:
                input.Charge(values.Items.Count);
                foreach (var (key, value) in values.Items)
                {
                    if (key is not string || !space.Values.TryAdd(key, value))
                    {
                        throw input.Refuse($"an argument name that is there twice or is no text ({PickleText.Print(key)})");
                    }
                }

                break;
            case PickleDictionary { IsOrdered: true } when state is PickleDictionary:
                // PyTorch keeps the versions of its layers here; no weight depends on them.
                break;
            case NumpyType type:
                NumpyValues.SetState(input, type, state);
                break;
            default:
                throw input.Refuse($"a state for {PickleText.Describe(target)}, which takes none");
        }
    }

    private static Dictionary<string, PickleGlobal> BuildTable()
    {
        var table = new Dictionary<string, PickleGlobal>(StringComparer.Ordinal);
        void Add(string name, Func<PickleInput, object?[], object>? call) => table.Add(name, new PickleGlobal(name, call));

        Add("collections.OrderedDict", static (input, items) => items is [] ? new PickleDictionary(isOrdered: true) : throw Wrong(input, "collections.OrderedDict"));
        Add("argparse.Namespace", static (input, items) => items is [] ? new PickleNamespace() : throw Wrong(input, "argparse.Namespace"));
        Add("torch._utils._rebuild_tensor_v2", TensorReference.Rebuild);
        Add("torch._utils._rebuild_parameter", static (input, items) => items is [TensorReference tensor, ..] ? tensor : throw Wrong(input, "torch._utils._rebuild_parameter"));
        Add("torch.Size", static (input, items) => items is [PickleTuple or PickleList] ? items[0]! : throw Wrong(input, "torch.Size"));
        Add("torch.device", static (_, items) => new PickleLabel(string.Join(':', items.Select(PickleText.Print))));
        foreach (var module in new[] { "builtins", "__builtin__" })
        {
            Add(module + ".set", MakeSet);
            Add(module + ".frozenset", MakeSet);
        }

        Add("_codecs.encode", Encode);
        foreach (var module in new[] { "numpy.core.multiarray", "numpy._core.multiarray" })
        {
            Add(module + ".scalar", NumpyValues.MakeScalar);
        }

        Add("numpy.dtype", NumpyValues.MakeType);
        foreach (var (name, type) in StorageTypes)
        {
            table.Add($"torch.{name}Storage", new PickleGlobal($"torch.{name}Storage", null) { StorageType = type });
        }

        foreach (var name in new[] { "float32", "float16", "bfloat16", "float64", "int64", "int32", "int16", "int8", "uint8", "bool", "contiguous_format", "channels_last", "strided" })
        {
            Add($"torch.{name}", null);
        }

        return table;
    }

    private static (string Name, ArrayElementType Type)[] StorageTypes =>
    [
        ("Float", ArrayElementType.Float32), ("Half", ArrayElementType.Float16), ("BFloat16", ArrayElementType.BFloat16), ("Double", ArrayElementType.Float64),
        ("Long", ArrayElementType.Int64), ("Int", ArrayElementType.Int32), ("Short", ArrayElementType.Int16), ("Char", ArrayElementType.Int8),
        ("Byte", ArrayElementType.UInt8), ("Bool", ArrayElementType.Boolean),
    ];

    private static PickleList MakeSet(PickleInput input, object?[] items)
    {
        var set = new PickleList(isSet: true);
        if (items is not ([] or [PickleList]))
        {
            throw Wrong(input, "set");
        }

        if (items is [PickleList list])
        {
            input.Charge(list.Items.Count);
            set.Items.AddRange(list.Items);
        }

        return set;
    }

    private static byte[] Encode(PickleInput input, object?[] items)
    {
        // Protocol 2 has no bytes: Python writes them as text of the first 256 characters.
        if (items is not [string text, "latin1"] || text.Any(static character => character > 255))
        {
            throw Wrong(input, "_codecs.encode");
        }

        input.Charge(text.Length / 8);
        return Encoding.Latin1.GetBytes(text);
    }

    private static KarlFormatException Wrong(PickleInput input, string name)
        => input.Refuse($"arguments of '{name}' that it does not take");
}
