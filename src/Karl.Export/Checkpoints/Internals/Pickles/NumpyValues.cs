using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Arrays.Internals;

namespace Karl.Export.Checkpoints.Internals.Pickles;

/// <summary>A <c>numpy.dtype</c> of one number.</summary>
internal sealed record NumpyType(ArrayElementType Type);

/// <summary>NumPy's single numbers, which training scripts leave in checkpoints (a best loss, a learning rate).</summary>
internal static class NumpyValues
{
    /// <summary><c>numpy.dtype('f8', False, True)</c>.</summary>
    public static object MakeType(PickleInput input, object?[] items)
    {
        ArrayElementType? type = items is [string code, ..] ? code switch
        {
            "f8" => ArrayElementType.Float64,
            "f4" => ArrayElementType.Float32,
            "f2" => ArrayElementType.Float16,
            "i8" => ArrayElementType.Int64,
            "i4" => ArrayElementType.Int32,
            "i2" => ArrayElementType.Int16,
            "i1" => ArrayElementType.Int8,
            "u8" => ArrayElementType.UInt64,
            "u4" => ArrayElementType.UInt32,
            "u2" => ArrayElementType.UInt16,
            "u1" => ArrayElementType.UInt8,
            "b1" => ArrayElementType.Boolean,
            _ => null,
        }
        : null;
        return new NumpyType(type ?? throw input.Refuse("a NumPy element type that is no plain number"));
    }

    /// <summary>The dtype's state tells its byte order.</summary>
    public static void SetState(PickleInput input, NumpyType type, object? state)
    {
        if (state is not PickleTuple { Items: [long, "<" or "|" or "=", null, null, null, ..] })
        {
            throw input.Refuse($"a NumPy {type.Type} that is big-endian or a record");
        }
    }

    /// <summary><c>scalar(dtype, bytes)</c> as a number.</summary>
    public static object MakeScalar(PickleInput input, object?[] items)
    {
        if (items is not [NumpyType { Type: var type }, byte[] bytes] || bytes.Length != type.SizeInBytes())
        {
            throw input.Refuse("a NumPy number whose bytes do not fit its type");
        }

        Span<long> whole = stackalloc long[1];
        if (type == ArrayElementType.Float64)
        {
            return BitConverter.ToDouble(bytes);
        }

        if (ElementConversion.ToInt64(type, bytes, whole))
        {
            return type == ArrayElementType.Boolean ? whole[0] != 0 : whole[0];
        }

        Span<float> real = stackalloc float[1];
        ElementConversion.ToFloat32(type, bytes, real);
        return (double)real[0];
    }
}
