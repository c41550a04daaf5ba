using System.Buffers;

namespace Karl.Serving.Internals.Http;

/// <summary>Bytes that came with a request, in rented memory that grows with what has come, not with what was announced.</summary>
internal sealed class Upload(ByteBudget budget, long most) : IDisposable
{
    private const int FirstRoom = 32 << 10;
    private byte[] _buffer = [];
    private long _taken;
    private int _length;

    /// <summary>What the image is called; fit for a message.</summary>
    public string Name { get; private set; } = "image";

    /// <summary>What has come.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="ProblemException">There is too much of it, or no room now.</exception>
    public async Task ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_length == _buffer.Length)
            {
                Grow();
            }

            int read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
            _length += read;
            if (_length > most)
            {
                throw ProblemException.TooLarge(most);
            }

            if (read == 0)
            {
                return;
            }
        }
    }

    /// <summary>Takes the name that a client gives, without folders and control characters.</summary>
    public void Call(string? name)
    {
        const int Longest = 100;
        string last = new([.. (name ?? string.Empty).Split('/', '\\')[^1].Where(letter => !char.IsControl(letter)).Take(Longest)]);
        Name = last.Length == 0 ? Name : last;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
        _length = 0;
        budget.Return(_taken);
        _taken = 0;
    }

    private void Grow()
    {
        int room = (int)Math.Min(Math.Max(FirstRoom, 2L * _buffer.Length), most + 1);
        if (!budget.TryTake(room - _buffer.Length))
        {
            throw ProblemException.Busy();
        }

        _taken += room - _buffer.Length;
        byte[] larger = ArrayPool<byte>.Shared.Rent(room);
        Bytes.CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
