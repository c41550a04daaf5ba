using System.Buffers.Binary;
using System.Text;
using Karl.Tokenizers;

namespace Karl.Export.Checkpoints.Internals.Pickles;

/// <summary>The bytes of a pickle, read forward; every length is checked before anything is allocated.</summary>
internal sealed class PickleInput(byte[] bytes, string name)
{
    /// <summary>Bounds time and memory; a full-size checkpoint with optimizer takes less than 200,000.</summary>
    public const int MaximumUnits = 2_000_000;

    private const int MaximumTextLength = 1 << 20;
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    private int _units;

    /// <summary>Where the next byte is.</summary>
    public int Position { get; private set; }

    /// <summary>The next byte.</summary>
    public byte ReadByte() => Take(1)[0];

    /// <summary>The next two bytes, unsigned.</summary>
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>The next four bytes, signed.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>The next four bytes, unsigned.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>The next eight bytes, unsigned.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>The next eight bytes, big-endian: pickles hold floats that way.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>UTF-8 text of a given length.</summary>
    public string ReadText(ulong length)
    {
        if (length > MaximumTextLength)
        {
            throw Refuse($"a text of {length} bytes, above the limit of {MaximumTextLength}");
        }

        try
        {
            return StrictUtf8.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw Refuse("a text that is not UTF-8");
        }
    }

    /// <summary>A line of text, as the oldest opcodes hold their names.</summary>
    public string ReadLine()
    {
        var length = bytes.AsSpan(Position).IndexOf((byte)'\n');
        if (length is < 0 or > 4096)
        {
            throw Refuse("a name without an end");
        }

        var line = ReadText((ulong)length);
        Position++;
        return line;
    }

    /// <summary>Bytes of a given length.</summary>
    public byte[] ReadBytes(ulong length) => Take(length).ToArray();

    /// <summary>Counts work: one unit per operation, and one per element that an operation copies.</summary>
    public void Charge(int units)
    {
        _units = (int)Math.Min(int.MaxValue, (long)_units + units);
        if (_units > MaximumUnits)
        {
            throw Refuse($"more than {MaximumUnits} operations");
        }
    }

    /// <summary>The refusal of this pickle at this place.</summary>
    public KarlFormatException Refuse(string found)
        => new($"'{name}' cannot be read: at byte {Position} its pickle has {found}. Nothing was executed. "
            + "If the file is trusted, re-save the weights alone in PyTorch: torch.save({'model': model.state_dict()}, path).");

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(bytes.Length - Position))
        {
            throw Refuse($"an end where {length} more bytes should be: the file is truncated or damaged");
        }

        var taken = bytes.AsSpan(Position, (int)length);
        Position += (int)length;
        return taken;
    }
}
