unit System.NetEncoding;

{ What samples use of Delphi's encoders. Nothing here does anything. }

interface

type
  TNetEncoding = class
  private
    class function GetBase64: TNetEncoding; static;
  public
    function Encode(const AInput: string): string;
    class property Base64: TNetEncoding read GetBase64;
  end;

implementation

class function TNetEncoding.GetBase64: TNetEncoding;
begin
  Result := nil;
end;

function TNetEncoding.Encode(const AInput: string): string;
begin
  Result := '';
end;

end.
