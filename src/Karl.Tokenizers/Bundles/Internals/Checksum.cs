namespace Karl.Tokenizers.Bundles.Internals;

/// <summary>CRC-32 as zip wants it (polynomial 0xEDB88320), eight bytes a step.</summary>
internal static class Checksum
{
    private static readonly uint[][] Tables = MakeTables();

    /// <summary>The checksum of what had <paramref name="checksum"/> so far (0 at the beginning) followed by <paramref name="bytes"/>.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint state = ~checksum;
        uint[][] tables = Tables;
        while (bytes.Length >= 8)
        {
            uint low = state ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            uint high = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            state = tables[7][low & 255] ^ tables[6][(low >> 8) & 255] ^ tables[5][(low >> 16) & 255] ^ tables[4][low >> 24]
                ^ tables[3][high & 255] ^ tables[2][(high >> 8) & 255] ^ tables[1][(high >> 16) & 255] ^ tables[0][high >> 24];
            bytes = bytes[8..];
        }

        foreach (byte value in bytes)
        {
            state = (state >> 8) ^ tables[0][(state ^ value) & 255];
        }

        return ~state;
    }

    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
        for (uint index = 0; index < 256; index++)
        {
            uint value = index;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
            }

            tables[0][index] = value;
        }

        for (int table = 1; table < 8; table++)
        {
            for (int index = 0; index < 256; index++)
            {
                uint previous = tables[table - 1][index];
                tables[table][index] = (previous >> 8) ^ tables[0][previous & 255];
            }
        }

        return tables;
    }
}
