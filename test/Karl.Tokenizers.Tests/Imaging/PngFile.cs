using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Karl.Tokenizers.Tests.Imaging;

/// <summary>Writes PNG files of any colour type and depth, honest or not.</summary>
internal static class PngFile
{
    public const int Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, RgbAlpha = 6;

    /// <summary>A file whose rows are given as PNG stores them: packed, 16-bit values big-endian.</summary>
    public static byte[] Write(int width, int height, int bitDepth, int colourType, byte[] rows, params (string Type, byte[] Data)[] between)
    {
        int rowBytes = rows.Length / height;
        using MemoryStream filtered = new();
        for (int y = 0; y < height; y++)
        {
            filtered.WriteByte(0);
            filtered.Write(rows, y * rowBytes, rowBytes);
        }

        return Assemble(width, height, bitDepth, colourType, Compress(filtered.ToArray()), between);
    }

    public static byte[] Assemble(int width, int height, int bitDepth, int colourType, byte[] data, params (string Type, byte[] Data)[] between)
    {
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, (byte)bitDepth, (byte)colourType, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n',
            .. Chunk("IHDR", header),
            .. between.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)),
            .. Chunk("IDAT", data),
            .. Chunk("IEND", []),
        ];
    }

    public static byte[] Compress(ReadOnlySpan<byte> bytes)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return compressed.ToArray();
    }

    /// <summary>Makes the check sums right again after damage, as far as the chunks can be followed, so that the damage gets past them.</summary>
    public static byte[] RepairChecks(byte[] file)
    {
        for (long at = 8; at + 12 <= file.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan((int)at));
            if (at + 12 + length > file.Length)
            {
                break;
            }

            byte[] named = file[(int)(at + 4)..(int)(at + 8 + length)];
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan((int)(at + 8 + length)), Crc32(named));
            at += 12 + length;
        }

        return file;
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        byte[] length = new byte[4], check = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, Crc32(named));
        return [.. length, .. named, .. check];
    }

    private static uint Crc32(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
