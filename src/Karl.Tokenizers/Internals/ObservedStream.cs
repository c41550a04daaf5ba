namespace Karl.Tokenizers.Internals;

/// <summary>A stream to write to whose every piece is shown to <paramref name="observe"/> before it goes on to <paramref name="inner"/>.</summary>
internal sealed class ObservedStream(Stream inner, ObservedStream.Observer observe) : Stream
{
    public delegate void Observer(ReadOnlySpan<byte> piece);

    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException("An entry is written from its beginning to its end.");
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        observe(buffer);
        inner.Write(buffer);
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
