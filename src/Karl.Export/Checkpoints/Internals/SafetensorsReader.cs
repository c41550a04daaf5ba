using System.Buffers.Binary;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Arrays.Internals;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Checkpoints.Internals;

/// <summary>Reads safetensors: eight bytes of header length, a JSON header, the tensors' bytes without gap or overlap.</summary>
internal static class SafetensorsReader
{
    /// <summary>The format's own limit.</summary>
    public const int MaximumHeaderLength = 100_000_000;

    private const int PrefixLength = 8;

    public static CheckpointContent Read(ByteSource source, CheckpointOptions options)
    {
        var prefix = source.ReadArray(0, PrefixLength);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > MaximumHeaderLength || (long)headerLength > source.Length - PrefixLength)
        {
            throw Refuse(source, $"its header is said to take {headerLength} bytes; {source.Length - PrefixLength} are there and at most {MaximumHeaderLength} are read");
        }

        var header = SafetensorsHeader.Parse(source.ReadArray(PrefixLength, (int)headerLength), source.Name);
        var dataStart = PrefixLength + (long)headerLength;
        CheckLayout(source, header, source.Length - dataStart);
        var tensors = header.Tensors.ConvertAll(tensor => ToTensor(source, tensor, dataStart, options));
        var weights = new Dictionary<string, StateDict>(StringComparer.Ordinal);
        var entries = new List<CheckpointEntry>();
        if (tensors.Count > 0)
        {
            var stateDict = new StateDict(source.Name, tensors);
            weights.Add(string.Empty, stateDict);
            entries.Add(new CheckpointEntry(string.Empty, $"state dict of {stateDict.Count} tensors, {stateDict.ElementCount} elements", true, null));
        }

        return new CheckpointContent(CheckpointFormat.Safetensors, entries, weights, [], header.Metadata);
    }

    private static void CheckLayout(ByteSource source, SafetensorsHeader header, long available)
    {
        var position = 0L;
        foreach (var tensor in header.Tensors.OrderBy(static tensor => tensor.Begin).ThenBy(static tensor => tensor.End))
        {
            if (tensor.Begin != position)
            {
                throw Refuse(source, $"'{Printable.Shorten(tensor.Name)}' starts at {tensor.Begin} where {position} is next: tensors overlap or leave a gap");
            }

            if (tensor.End < tensor.Begin || tensor.End > available)
            {
                throw Refuse(source, $"'{Printable.Shorten(tensor.Name)}' reaches from {tensor.Begin} to {tensor.End}, but the file holds {available} bytes of tensors. It is truncated or damaged");
            }

            position = tensor.End;
        }

        if (position != available)
        {
            throw Refuse(source, $"its tensors take {position} bytes, but {available} follow the header");
        }
    }

    private static CheckpointTensor ToTensor(ByteSource source, SafetensorsTensorHeader tensor, long dataStart, CheckpointOptions options)
    {
        var size = tensor.Type.SizeInBytes();
        var length = tensor.End - tensor.Begin;
        if (!ArrayShape.TryCountElements(tensor.Shape, out var count) || length % size != 0 || count != length / size)
        {
            throw Refuse(source, $"'{Printable.Shorten(tensor.Name)}' {tensor.Type} {ArrayShape.Print(tensor.Shape)} does not fit its {length} bytes");
        }

        if (count > options.MaximumTensorElements)
        {
            throw Refuse(source, $"'{Printable.Shorten(tensor.Name)}' {ArrayShape.Print(tensor.Shape)} has {count} elements; at most {options.MaximumTensorElements} are read");
        }

        var storage = new PlainTensorStorage(source, dataStart + tensor.Begin, length);
        return new CheckpointTensor(tensor.Name, new TensorView(storage, tensor.Type, 0, tensor.Shape, TensorView.ContiguousStrides(tensor.Shape), (int)count));
    }

    private static KarlFormatException Refuse(ByteSource source, string found) => new($"'{source.Name}' is no sound safetensors file: {found}.");
}
