using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Arrays.Internals;

namespace Karl.Export.Checkpoints.Internals.Pickles;

/// <summary>A storage as the pickle declares it; the archive holds its bytes under the key.</summary>
internal sealed record StorageReference(string Key, ArrayElementType Type, long Count, TensorStorage Bytes);

/// <summary>A view into a storage, known to stay inside it.</summary>
internal sealed record TensorReference(StorageReference Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary><c>_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks[, metadata])</c>.</summary>
    public static object Rebuild(PickleInput input, object?[] items)
    {
        if (items is not [StorageReference storage, long offset, PickleTuple size, PickleTuple stride, ..])
        {
            throw input.Refuse("a tensor without storage, offset, size and stride");
        }

        var shape = ReadNumbers(input, size);
        var strides = ReadNumbers(input, stride);
        if (strides.Length != shape.Length || offset < 0)
        {
            throw input.Refuse($"a tensor of size {ArrayShape.Print(shape)} with stride {ArrayShape.Print(strides)} at offset {offset}");
        }

        if (!ArrayShape.TryCountElements(shape, out var count) || (count > 0 && !TryFindLast(offset, shape, strides, storage.Count)))
        {
            throw input.Refuse($"a tensor {ArrayShape.Print(shape)} with stride {ArrayShape.Print(strides)} at offset {offset}, which leaves its storage of {storage.Count} elements");
        }

        return new TensorReference(storage, offset, shape, strides);
    }

    private static long[] ReadNumbers(PickleInput input, PickleTuple tuple)
    {
        if (tuple.Items.Length > ArrayShape.MaximumRank)
        {
            throw input.Refuse($"a tensor of {tuple.Items.Length} dimensions; at most {ArrayShape.MaximumRank} are read");
        }

        input.Charge(tuple.Items.Length);
        var numbers = new long[tuple.Items.Length];
        for (var index = 0; index < numbers.Length; index++)
        {
            numbers[index] = tuple.Items[index] is long number and >= 0 ? number : throw input.Refuse("a tensor size or stride that is negative or no whole number");
        }

        return numbers;
    }

    private static bool TryFindLast(long offset, long[] shape, long[] strides, long available)
    {
        var last = (Int128)offset;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            last += (Int128)(shape[axis] - 1) * strides[axis];
        }

        return last < available;
    }
}
