using System.Buffers.Binary;
using System.Diagnostics;

namespace Karl.Testing;

/// <summary>Random damage to files, the same for the same seed, and the check that a reader answers it with one kind of error.</summary>
public static class Mutations
{
    private static readonly long[] TellingNumbers =
        [0, 1, -1, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, int.MaxValue, uint.MaxValue, 1L << 40, long.MaxValue, long.MinValue];

    /// <summary>A copy with one to four random edits.</summary>
    public static byte[] Mutate(ReadOnlySpan<byte> original, Random random)
    {
        byte[] bytes = original.ToArray();
        int edits = random.Next(1, 5);
        for (int edit = 0; edit < edits && bytes.Length > 0; edit++)
        {
            bytes = MutateOnce(bytes, random);
        }

        return bytes;
    }

    /// <summary>
    /// Reads many damaged copies: each must be read, or refused with <typeparamref name="TError"/>,
    /// within five seconds and the given memory. Returns how many were refused.
    /// </summary>
    public static int AssertRefusesOrReads<TError>(byte[] original, int seed, int count, long memoryLimitInBytes, Action<byte[]> read)
        where TError : Exception
    {
        Random random = new(seed);
        int refused = 0;
        for (int index = 0; index < count; index++)
        {
            byte[] damaged = Mutate(original, random);
            long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            try
            {
                read(damaged);
            }
            catch (TError)
            {
                refused++;
            }
            catch (Exception error) when (error is not UnitTestAssertException)
            {
                Assert.Fail($"Seed {seed}, edit {index}: {error}");
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
            Assert.IsLessThan(5.0, seconds, $"Seed {seed}, edit {index} took too long.");
            Assert.IsLessThan(memoryLimitInBytes, allocated, $"Seed {seed}, edit {index} allocated too much.");
        }

        return refused;
    }

    private static byte[] MutateOnce(byte[] bytes, Random random)
    {
        int place = random.Next(bytes.Length);
        int length = Math.Min(bytes.Length - place, 1 << random.Next(8));
        switch (random.Next(7))
        {
            case 0:
                bytes[place] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[place] = (byte)random.Next(256);
                return bytes;
            case 2:
                return bytes[..place];
            case 3:
                return [.. bytes[..place], .. bytes[(place + length)..]];
            case 4:
                return [.. bytes[..(place + length)], .. bytes[place..]];
            case 5:
                random.NextBytes(bytes.AsSpan(place, length));
                return bytes;
            default:
                Span<byte> number = stackalloc byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(number, TellingNumbers[random.Next(TellingNumbers.Length)]);
                int width = Math.Min(1 << random.Next(4), bytes.Length - place);
                number[..width].CopyTo(bytes.AsSpan(place));
                return bytes;
        }
    }
}
