using System.Buffers;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>What a round leaves to the next one, of every image that is still under way: <c>[images, tokens, width]</c>, in a rented array.</summary>
/// <param name="images">Images under way.</param>
/// <param name="tokens">Class token, 2D tokens and the latent tokens so far.</param>
/// <param name="width">Numbers in a token.</param>
internal sealed class CarriedSequences(int images, int tokens, int width) : IDisposable
{
    private readonly float[] _values = ArrayPool<float>.Shared.Rent(checked(images * tokens * width));

    /// <summary>Images under way.</summary>
    public int Images { get; private set; } = images;

    /// <summary>Tokens of each.</summary>
    public int Tokens => tokens;

    /// <summary>A tensor over the values; whoever asks for it disposes it.</summary>
    public OrtValue ToValue() =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _values.AsMemory(0, Images * tokens * width), [Images, tokens, width]);

    /// <summary>Lets the others go.</summary>
    /// <param name="places">Places of those that stay, ascending.</param>
    public void Keep(IReadOnlyList<int> places)
    {
        int length = tokens * width;
        for (int index = 0; index < places.Count; index++)
        {
            if (places[index] != index)
            {
                _values.AsSpan(places[index] * length, length).CopyTo(_values.AsSpan(index * length));
            }
        }

        Images = places.Count;
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_values);
}
