namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>Elements stored with the first index running fastest, put into C order.</summary>
internal static class FortranOrder
{
    /// <summary>A copy of the elements with the last index running fastest.</summary>
    public static byte[] ToC(ReadOnlySpan<byte> source, ReadOnlySpan<long> shape, int elementSize)
    {
        var result = new byte[source.Length];
        if (result.Length == 0)
        {
            return result;
        }

        Span<long> index = stackalloc long[shape.Length];
        Span<long> strides = stackalloc long[shape.Length];
        var stride = 1L;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        var from = 0L;
        for (var to = 0; to < result.Length; to += elementSize)
        {
            source.Slice((int)from * elementSize, elementSize).CopyTo(result.AsSpan(to));
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++index[axis] < shape[axis])
                {
                    break;
                }

                from -= shape[axis] * strides[axis];
                index[axis] = 0;
            }
        }

        return result;
    }
}
