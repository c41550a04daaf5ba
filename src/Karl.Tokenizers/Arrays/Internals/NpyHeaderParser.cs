using System.Globalization;
using Karl.Tokenizers.Internals;

namespace Karl.Tokenizers.Arrays.Internals;

/// <summary>The dictionary in an npy header: exactly the three keys of the format, as Python literals.</summary>
internal ref struct NpyHeaderParser(string text, string name)
{
    private static readonly (string Code, ArrayElementType Type)[] Codes =
    [
        ("|b1", ArrayElementType.Boolean), ("|i1", ArrayElementType.Int8), ("<i2", ArrayElementType.Int16), ("<i4", ArrayElementType.Int32),
        ("<i8", ArrayElementType.Int64), ("|u1", ArrayElementType.UInt8), ("<u2", ArrayElementType.UInt16), ("<u4", ArrayElementType.UInt32),
        ("<u8", ArrayElementType.UInt64), ("<f2", ArrayElementType.Float16), ("<f4", ArrayElementType.Float32), ("<f8", ArrayElementType.Float64),
    ];

    private ReadOnlySpan<char> _rest = text;

    /// <summary>NumPy's code of an element type, such as <c>&lt;f4</c>.</summary>
    public static string Describe(ArrayElementType type)
    {
        foreach (var (code, candidate) in Codes)
        {
            if (candidate == type)
            {
                return code;
            }
        }

        throw new ArgumentException($"npy files cannot hold {type}; convert to Float32 first.", nameof(type));
    }

    /// <summary>Reads the whole dictionary.</summary>
    public NpyHeader Parse()
    {
        ArrayElementType? type = null;
        bool? isFortranOrder = null;
        long[]? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            var key = ReadString();
            Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = ReadType();
                    break;
                case "fortran_order" when isFortranOrder is null:
                    isFortranOrder = ReadBoolean();
                    break;
                case "shape" when shape is null:
                    shape = ReadShape();
                    break;
                default:
                    throw Refuse($"the key '{Printable.Shorten(key)}' is unknown or stands twice");
            }

            if (!TryTake(','))
            {
                Expect('}');
                break;
            }
        }

        if (!_rest.Trim().IsEmpty)
        {
            throw Refuse("something follows the dictionary");
        }

        return type is null || isFortranOrder is null || shape is null
            ? throw Refuse("one of 'descr', 'fortran_order' and 'shape' is missing")
            : new NpyHeader(type.Value, shape, isFortranOrder.Value);
    }

    private ArrayElementType ReadType()
    {
        SkipSpace();
        if (_rest.StartsWith("["))
        {
            throw Refuse("its elements are records; plain numbers and booleans are read");
        }

        var found = ReadString();
        foreach (var (code, type) in Codes)
        {
            if (found == code || (code[0] == '|' && found.Length == 3 && found.EndsWith(code[1..], StringComparison.Ordinal) && found[0] is '<' or '=' or '>'))
            {
                return type;
            }
        }

        throw Refuse(found.StartsWith('>')
            ? $"its elements are big-endian ('{Printable.Shorten(found)}'). Save it with array.astype(array.dtype.newbyteorder('<'))"
            : $"its elements are '{Printable.Shorten(found)}'; booleans, integers and floating-point numbers of 16 to 64 bits are read");
    }

    private bool ReadBoolean()
    {
        SkipSpace();
        foreach (var (word, value) in new[] { ("True", true), ("False", false) })
        {
            if (_rest.StartsWith(word))
            {
                _rest = _rest[word.Length..];
                return value;
            }
        }

        throw Refuse("'fortran_order' is neither True nor False");
    }

    private long[] ReadShape()
    {
        var lengths = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            lengths.Add(ReadLength());
            if (lengths.Count > ArrayShape.MaximumRank)
            {
                throw Refuse($"its shape has more than {ArrayShape.MaximumRank} dimensions");
            }

            if (!TryTake(','))
            {
                Expect(')');
                break;
            }
        }

        return [.. lengths];
    }

    private long ReadLength()
    {
        SkipSpace();
        var digits = _rest.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? _rest.Length : digits;
        if (!long.TryParse(_rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            throw Refuse("its shape is not made of whole numbers below 2^63");
        }

        _rest = _rest[digits..];
        return length;
    }

    private string ReadString()
    {
        SkipSpace();
        if (_rest.IsEmpty || _rest[0] is not ('\'' or '"'))
        {
            throw Refuse("a quoted word is missing");
        }

        var end = _rest[1..].IndexOf(_rest[0]);
        if (end < 0)
        {
            throw Refuse("a quoted word does not end");
        }

        var word = _rest.Slice(1, end).ToString();
        _rest = _rest[(end + 2)..];
        return word;
    }

    private bool TryTake(char character)
    {
        SkipSpace();
        if (_rest.IsEmpty || _rest[0] != character)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private void Expect(char character)
    {
        if (!TryTake(character))
        {
            throw Refuse($"'{character}' is missing");
        }
    }

    private void SkipSpace() => _rest = _rest.TrimStart();

    private readonly KarlFormatException Refuse(string found)
        => new($"'{name}': the npy header is not understood: {found}. Save the array with numpy.save.");
}
