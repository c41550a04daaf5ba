using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Karl.Graphs.Internals;

/// <summary>Somebody else's elements seen as bytes, without a copy.</summary>
internal sealed class ByteView<T>(ReadOnlyMemory<T> elements) : MemoryManager<byte> where T : unmanaged
{
    private readonly Memory<T> _elements = MemoryMarshal.AsMemory(elements);

    public override Memory<byte> Memory => CreateMemory(checked((int)((long)_elements.Length * Unsafe.SizeOf<T>())));

    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(_elements.Span);

    public override MemoryHandle Pin(int elementIndex = 0) => elementIndex % Unsafe.SizeOf<T>() == 0
        ? _elements[(elementIndex / Unsafe.SizeOf<T>())..].Pin()
        : throw new ArgumentException($"Byte {elementIndex} lies inside an element of {Unsafe.SizeOf<T>()} bytes; pin from its start.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
