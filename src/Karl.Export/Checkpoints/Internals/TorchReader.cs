using Karl.Export.Checkpoints.Internals.Pickles;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Checkpoints.Internals;

/// <summary>Turns the value in a PyTorch checkpoint into entries, state dicts and arguments.</summary>
internal static class TorchReader
{
    private const int MaximumArguments = 10_000;
    private const int MaximumArgumentDepth = 8;
    private static readonly string[] ArgumentNames = ["args", "hyper_parameters", "config"];

    public static CheckpointContent Read(ByteSource source, CheckpointOptions options)
    {
        var root = new TorchArchive(ZipDirectory.Read(source), options).ReadRoot();
        if (root is not PickleDictionary dictionary)
        {
            throw new KarlFormatException($"'{source.Name}' holds a {PickleText.Describe(root)}, not a dictionary. Save a state dict: torch.save(model.state_dict(), path).");
        }

        var budget = CheckpointContent.MaximumElements;
        var content = new CheckpointContent(CheckpointFormat.PyTorch, [], new(StringComparer.Ordinal), [], new Dictionary<string, string>());
        if (IsStateDict(dictionary))
        {
            Add(content, string.Empty, ReadStateDict(source.Name, dictionary, options, ref budget));
            return content;
        }

        foreach (var (key, value) in dictionary.Items)
        {
            var name = key as string ?? PickleText.Print(key);
            if (value is PickleDictionary candidate && IsStateDict(candidate) && !content.Weights.ContainsKey(name))
            {
                Add(content, name, ReadStateDict($"{source.Name}: {Printable.Shorten(name)}", candidate, options, ref budget));
            }
            else
            {
                var isPlain = value is null or string or bool or long or double;
                content.Entries.Add(new CheckpointEntry(name, PickleText.Describe(value), false, isPlain ? PickleText.Print(value) : null));
            }
        }

        foreach (var name in ArgumentNames)
        {
            if (content.Arguments.Count == 0 && dictionary.TryGet(name, out var arguments))
            {
                Flatten(content.Arguments, string.Empty, arguments, 0);
            }
        }

        return content;
    }

    private static bool IsStateDict(PickleDictionary dictionary)
        => dictionary.Items.Count > 0 && dictionary.Items.TrueForAll(static item => item is { Key: string, Value: TensorReference });

    private static void Add(CheckpointContent content, string name, StateDict weights)
    {
        content.Weights.Add(name, weights);
        content.Entries.Add(new CheckpointEntry(name, $"state dict of {weights.Count} tensors, {weights.ElementCount} elements", true, null));
    }

    private static StateDict ReadStateDict(string name, PickleDictionary dictionary, CheckpointOptions options, ref long budget)
    {
        var tensors = new List<CheckpointTensor>(dictionary.Items.Count);
        foreach (var (key, value) in dictionary.Items)
        {
            var tensor = (TensorReference)value!;
            ArrayShape.TryCountElements(tensor.Shape, out var count);
            budget -= count;
            if (count > options.MaximumTensorElements || budget < 0)
            {
                throw new KarlFormatException(
                    $"'{name}': '{Printable.Shorten((string)key!)}' {ArrayShape.Print(tensor.Shape)} has {count} elements; at most {options.MaximumTensorElements} a tensor and {CheckpointContent.MaximumElements} in all are read.");
            }

            tensors.Add(new CheckpointTensor((string)key!, new TensorView(tensor.Storage.Bytes, tensor.Storage.Type, tensor.Offset, tensor.Shape, tensor.Strides, (int)count)));
        }

        return new StateDict(name, tensors);
    }

    private static void Flatten(List<CheckpointArgument> arguments, string prefix, object? value, int depth)
    {
        var items = value switch
        {
            PickleNamespace space => space.Values.Items,
            PickleDictionary dictionary => dictionary.Items,
            _ => null,
        };
        if (items is null || depth > MaximumArgumentDepth)
        {
            if (prefix.Length > 0)
            {
                arguments.Add(new CheckpointArgument(prefix, PickleText.Print(value)));
            }

            return;
        }

        foreach (var (key, item) in items)
        {
            if (arguments.Count >= MaximumArguments)
            {
                return;
            }

            var name = Printable.Shorten(PickleText.Print(key));
            Flatten(arguments, prefix.Length == 0 ? name : $"{prefix}.{name}", item, depth + 1);
        }
    }
}
