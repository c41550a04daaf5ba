using System.Text;
using Karl.Serving.Internals.Http;
using Karl.Tokenizers;
using Karl.Tokenizers.TokenFiles;
using Karl.Tokenizers.Tokenization;

namespace Karl.Serving.Internals.Images;

/// <summary>Tokens that a request brings: one line of a token file, as <c>/v1/tokenize</c> answers it.</summary>
internal static class TokenUpload
{
    /// <summary>Reads and checks them before any batch sees them, so that a bad line spoils nobody else's.</summary>
    /// <exception cref="ProblemException">They are no tokens, or another model's.</exception>
    public static TokenLine Read(Upload upload, ServedModel model)
    {
        try
        {
            TokenLine line = TokenLine.Parse(Encoding.UTF8.GetString(upload.Bytes.Span));
            TokenSequence tokens = line.Tokens ?? throw new FormatException("it is the line of an image that could not be read.");
            model.Tokenizer.RequireOwn(line);
            int? codebook = model.Tokenizer.Manifest.CodebookSize;
            if (tokens.CodebookSize != codebook || tokens.Budget > model.Tokenizer.Manifest.MaximumBudget || (codebook is null && tokens.LatentWidth != model.Tokenizer.Manifest.LatentWidth))
            {
                throw new FormatException($"it says that it is of this model, but its codebook, width or budget is not: {tokens}.");
            }

            return line;
        }
        catch (KarlFormatException exception)
        {
            throw ProblemException.Unprocessable("tokens", exception.Message, exception);
        }
        catch (FormatException exception)
        {
            throw ProblemException.Unprocessable("tokens", $"The body is not a line of tokens as /v1/tokenize answers them: {exception.Message}", exception);
        }
    }
}
